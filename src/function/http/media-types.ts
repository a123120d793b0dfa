// The headers Content-Type and Accept: JSON, or CSV.

/** "text/csv; header=present" is { type: "text/csv", header: "present" }. */
export function parseMediaType(value: string | undefined): { readonly type: string; readonly header?: string } {
  const [type = "", ...parameters] = (value ?? "").toLowerCase().split(";");
  const header = parameters.map((each) => /^\s*header\s*=\s*"?(present|absent)"?\s*$/.exec(each)?.[1]).find(Boolean);
  return { type: type.trim(), ...(header === undefined ? {} : { header }) };
}

/** Whether a client prefers CSV to JSON. JSON wins where both are equal, as in the header of a browser. */
export function acceptsCsv(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes("text/")) return false;
  const preferred = accept
    .toLowerCase()
    .split(",")
    .map((each) => {
      const [type = "", ...parameters] = each.split(";");
      const quality = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { type: type.trim(), quality: Number(quality ?? 1) };
    })
    .filter(({ type, quality }) => quality > 0 && produced.has(type))
    .sort((a, b) => b.quality - a.quality);
  return preferred[0]?.type === "text/csv";
}

/** The media types of predictions, and the ranges that include JSON. */
const produced: ReadonlySet<string> = new Set(["text/csv", "application/json", "application/*", "*/*"]);
