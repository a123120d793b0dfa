import { type CompletedCommand, firstWords, type Values } from "./completed-command.js";

/** A completion script for fish 3. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of tepal for fish: tepal completion fish | source
function __tepal_words
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
        else if contains -- $word ${valueOptions(commands).join(" ")}
            set skip yes
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end
# The command is what follows; after it are as many arguments as --count says.
function __tepal_is
    argparse 'count=' -- $argv
    set -l words (__tepal_words)
    set -l length (count $argv)
    test (count $words) -ge $length; or return 1
    if test $length -gt 0
        test "$words[1..$length]" = "$argv"; or return 1
    end
    not set -q _flag_count; or test (math (count $words) - $length) -eq $_flag_count
end
function __tepal_deployments
    set -l words (commandline -opc)
    set -l args
    for i in (seq 2 (math (count $words) - 1))
        if contains -- $words[$i] --port --target --region
            set -a args $words[$i] $words[(math $i + 1)]
        end
    end
    tepal completion --deployments $args 2>/dev/null
end
function __tepal_request
    set -l word (commandline -ct)
    if string match -q '@*' -- $word
        for path in (__fish_complete_path (string sub -s 2 -- $word))
            echo @$path
        end
    else
        __fish_complete_path $word
    end
end
complete -c tepal -f
complete -c tepal -n '__tepal_is --count 0' -l help -d 'show the help'
complete -c tepal -n '__tepal_is --count 0' -l version -d 'show the version'
${firstWords(commands)
  .map(([word, help]) => `complete -c tepal -n '__tepal_is --count 0' -a ${quoted(word)} -d ${quoted(help)}`)
  .join("\n")}
${commands.flatMap(linesOf).join("\n")}
`;
}

function valueOptions(commands: readonly CompletedCommand[]): string[] {
  const names = commands.flatMap(({ options }) =>
    options.filter(({ values }) => values !== undefined).map(({ name }) => name),
  );
  return [...new Set(names)];
}

function linesOf({ name, help, options, positionals }: CompletedCommand): string[] {
  const [first = "", second] = name.split(" ");
  const after = (condition: string) => `complete -c tepal -n '${condition}'`;
  return [
    ...(second === undefined
      ? []
      : [`${after(`__tepal_is --count 0 ${first}`)} -a ${quoted(second)} -d ${quoted(help)}`]),
    ...options.map((option) => {
      const value = option.values === undefined ? "" : ` ${valuesOption(option.values)}`;
      return `${after(`__tepal_is ${name}`)} -l ${option.name.slice(2)} -d ${quoted(option.help)}${value}`;
    }),
    ...positionals.map(({ values, isVariadic }, index) => {
      const count = isVariadic ? "" : `--count ${index} `;
      return `${after(`__tepal_is ${count}${name}`)} ${valuesOption(values).replace(/^-x ?/, "")}`;
    }),
  ];
}

function valuesOption(values: Values): string {
  switch (values) {
    case "deployment":
      return "-x -a '(__tepal_deployments)'";
    case "file":
      return "-r -F";
    case "directory":
      return "-x -a '(__fish_complete_directories)'";
    case "request":
      return "-x -a '(__tepal_request)'";
    case "unknown":
      return "-x";
    default:
      return `-x -a ${quoted(values.join(" "))}`;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
