import { defaultPort } from "../../cloud/index.js";
import { command } from "../command.js";
import { CliError } from "../errors.js";
import { requireCloud, resetCloud } from "../local-cloud.js";
import { wholeNumber } from "../parse.js";

export const cloudReset = command({
  takes: {
    port: { help: "port of the cloud", parse: wholeNumber(1, 65535), default: defaultPort },
    yes: { flag: true, help: "do not ask" },
  },

  async run({ port, yes }, { terminal, ask }) {
    const { url } = await requireCloud(port);
    // Scripts and test suites are not asked: resetting is what they call it for.
    if (!yes && terminal.interactive && !terminal.json) {
      const answer = await ask(`Remove everything that the cloud at ${url} holds? [y/N] `);
      if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("not-confirmed", "Nothing was changed");
    }
    await resetCloud(url);
    terminal.result({ reset: true }, `The cloud at ${url} is empty.`);
  },
});
