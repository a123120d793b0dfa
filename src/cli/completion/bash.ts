import { type CompletedCommand, firstWords, type Values } from "./completed-command.js";

/** A completion script for bash 3.2 (macOS) and later, without the package bash-completion. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const options = commands.flatMap(({ name, options: own }) => own.map((option) => ({ command: name, ...option })));
  const optionRows = options.map(({ command, name, values }) => [`${command} ${name}`, values] as const);
  const positionalRows = commands.flatMap(({ name, positionals }) =>
    positionals.map(({ values, isVariadic }, index) => [`${name} ${isVariadic ? "*" : index}`, values] as const),
  );
  const first = firstWords(commands).map(([word]) => word);
  const groups = [...new Set(commands.flatMap(({ name }) => (name.includes(" ") ? [name.split(" ")[0]!] : [])))];
  return `# Completion of tepal for bash: source <(tepal completion bash)
_tepal_add() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done
}
_tepal_words() {
  _tepal_add < <(compgen -W "$*" -- "$cur")
}
_tepal_paths() {
  type compopt >/dev/null 2>&1 && compopt -o filenames
  _tepal_add < <(compgen "$1" -- "$cur")
}
_tepal_request() {
  case "$cur" in
    @*) local prefix=@ part=\${cur#@}; _tepal_add < <(compgen -P @ -f -- "\${cur#@}") ;;
    *) _tepal_paths -f ;;
  esac
}
_tepal_deployments() {
  local args=() i
  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    case "\${words[i]}" in --port | --target | --region) args+=("\${words[i]}" "\${words[i + 1]}") ;; esac
  done
  _tepal_words $(tepal completion --deployments "\${args[@]}" 2>/dev/null)
}
_tepal() {
  COMPREPLY=()
  # Bash splits --target=local into three words.
  local words=() i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    [ "\${COMP_WORDS[i]}" = "=" ] || words+=("\${COMP_WORDS[i]}")
  done
  [ "\${COMP_WORDS[COMP_CWORD]}" = "=" ] && words+=("")
  local last=$((\${#words[@]} - 1))
  local cur=\${words[last]} prev=\${words[last - 1]} command="" index=0
  for ((i = 1; i < last; i++)); do
    case "\${words[i]}" in
      -*)
        case "$command \${words[i]}" in
          ${patterns(options.filter(({ values }) => values !== undefined).map(({ command, name }) => `${command} ${name}`))}) i=$((i + 1)) ;;
        esac ;;
      *)
        case "$command" in
          "") command=\${words[i]} ;;
          ${patterns(groups)}) command="$command \${words[i]}" ;;
          *) index=$((index + 1)) ;;
        esac ;;
    esac
  done
  case "$command $prev" in
${cases(optionRows.filter(([, values]) => values !== undefined))}
  esac
  case "$cur" in
    -*)
      case "$command" in
        "") _tepal_words "--help --version" ;;
${commands.map(({ name, options: own }) => `        ${quoted(name)}) _tepal_words ${quoted(own.map((option) => option.name).join(" "))} ;;`).join("\n")}
      esac
      return ;;
  esac
  case "$command" in
    "") _tepal_words ${quoted(first.join(" "))}; return ;;
${groups.map((group) => `    ${quoted(group)}) _tepal_words ${quoted(secondWords(commands, group).join(" "))}; return ;;`).join("\n")}
  esac
  case "$command $index" in
${cases(positionalRows)}
  esac
}
complete -F _tepal tepal
`;
}

function secondWords(commands: readonly CompletedCommand[], group: string): string[] {
  return commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
}

/** One line for each kind of values, with all arguments that have it. */
function cases(rows: readonly (readonly [string, Values | undefined])[]): string {
  const byAction = new Map<string, string[]>();
  for (const [pattern, values] of rows) {
    const action = actionOf(values ?? "unknown");
    byAction.set(action, [...(byAction.get(action) ?? []), pattern]);
  }
  return [...byAction].map(([action, found]) => `    ${patterns(found)}) ${action}; return ;;`).join("\n");
}

function actionOf(values: Values): string {
  switch (values) {
    case "deployment":
      return "_tepal_deployments";
    case "file":
      return "_tepal_paths -f";
    case "directory":
      return "_tepal_paths -d";
    case "request":
      return "_tepal_request";
    case "unknown":
      return ":";
    default:
      return `_tepal_words ${quoted(values.join(" "))}`;
  }
}

function patterns(words: readonly string[]): string {
  return words.map((word) => (word.endsWith(" *") ? `${quoted(word.slice(0, -1))}*` : quoted(word))).join(" | ");
}

function quoted(text: string): string {
  return `"${text}"`;
}
