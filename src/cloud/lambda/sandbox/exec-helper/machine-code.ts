// The assembled x64.s and arm64.s.

interface MachineCode {
  /** ELF's e_machine. */
  readonly elf: number;
  /** Hexadecimal. */
  readonly code: string;
}

/** By architecture (Node's `process.arch`). */
export const machineCode: Readonly<Record<string, MachineCode>> = {
  x64: {
    elf: 62,
    code:
      "488b0c244c8d6424104c8d6ccc104c89eb4c89ef488b034883c3084885c0740f6681385f5475ed4883c00248abebe548" +
      "abbf0300000083ceff31d2b8b40100000f0585c07415bbffff000089dfb8030000000f05ffcb83fb0275f04c89e64c89" +
      "ea488b3eb83b0000000f05f7d88db8c0000000b83c0000000f05",
  },
  arm64: {
    elf: 183,
    code:
      "e90340f9ea4300914b0d098be3030baae4030baae68b8a52658440f8e50000b4a7004079ff00066b81ffff54a5080091" +
      "858400f8f9ffff179f0000f9600080d201008012020080d2883680d2010000d4000100b4e9ff9fd2e00309aa280780d2" +
      "010000d4290500d13f0900f161ffff54e1030aaae2030baa200040f9a81b80d2010000d4e00300cb00000391a80b80d2" +
      "010000d4",
  },
};
