import { type CompletedCommand, firstWords, type Values } from "./completed-command.js";

/** A completion script for zsh, to source after compinit or to save as _tepal in a directory of $fpath. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const single = commands.filter(({ name }) => !name.includes(" "));
  const groups = [...new Set(commands.flatMap(({ name }) => (name.includes(" ") ? name.split(" ").slice(0, 1) : [])))];
  return `#compdef tepal
# Completion of tepal for zsh: source <(tepal completion zsh)
_tepal_deployments() {
  local -a names args
  local i
  for ((i = 2; i < $#tepal_words; i++)); do
    case $tepal_words[i] in (--port|--target|--region) args+=($tepal_words[i] $tepal_words[i+1]) ;; esac
  done
  names=(\${(f)"$(tepal completion --deployments $args 2>/dev/null)"})
  compadd -a names
}
_tepal_request() {
  compset -P '@'
  _files
}
_tepal() {
  local context state state_descr line
  local -a tepal_words
  typeset -A opt_args
  tepal_words=($words)
  _arguments -C '(- *)--help[show the help]' '(- *)--version[show the version]' '1: :->command' '*:: :->arguments'
  case $state in
    command)
      local -a names
      names=(
${described(firstWords(commands))}
      )
      _describe -t commands command names ;;
    arguments)
      case $line[1] in
${single.map((command) => `        ${command.name}) ${argumentsOf(command)} ;;`).join("\n")}
${groups
  .map((group) =>
    groupCase(
      group,
      commands.filter(({ name }) => name.startsWith(`${group} `)),
    ),
  )
  .join("\n")}
      esac ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tepal "$@"; else compdef _tepal tepal; fi
`;
}

function groupCase(group: string, members: readonly CompletedCommand[]): string {
  const second = ({ name }: CompletedCommand) => name.slice(group.length + 1);
  return `        ${group})
          _arguments -C '1: :->second' '*:: :->rest'
          case $state in
            second)
              local -a names
              names=(
${described(members.map((member) => [second(member), member.help] as const))}
              )
              _describe -t commands command names ;;
            rest)
              case $line[1] in
${members.map((member) => `                ${second(member)}) ${argumentsOf(member)} ;;`).join("\n")}
              esac ;;
          esac ;;`;
}

function described(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([word, help]) => `        ${quoted(`${word}:${help}`)}`).join("\n");
}

function argumentsOf({ options, positionals }: CompletedCommand): string {
  const optionSpecs = options.map(({ name, help, values, placeholder, isRepeatable }) => {
    const what = `[${help.replace(/[[\]]/g, "\\$&")}]`;
    const argument = values === undefined ? "" : `:${placeholder.replaceAll(":", "\\:")}:${actionOf(values)}`;
    return quoted(`${isRepeatable ? "*" : ""}${name}${values === undefined ? "" : "="}${what}${argument}`);
  });
  const positionalSpecs = positionals.map(({ name, values, isVariadic }, index) =>
    quoted(`${isVariadic ? "*" : index + 1}:${name}:${actionOf(values)}`),
  );
  return ["_arguments -s", ...optionSpecs, ...positionalSpecs].join(" ");
}

function actionOf(values: Values): string {
  switch (values) {
    case "deployment":
      return "_tepal_deployments";
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "request":
      return "_tepal_request";
    case "unknown":
      return " ";
    default:
      return `(${values.join(" ")})`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
