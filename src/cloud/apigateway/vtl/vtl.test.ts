// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Velocity writes its references as JavaScript does
import assert from "node:assert/strict";
import { test } from "node:test";
import { mainThreadBudget, withinBudget } from "../worker/budget.js";
import { evaluate } from "./evaluate.js";
import { parseTemplate } from "./parse-template.js";
import { readJson } from "./read-json.js";
import type { Value } from "./values.js";

/** Renders with `$body` read from JSON, within the budget of the main thread. */
function render(template: string, body = "null"): string {
  return withinBudget(mainThreadBudget(), () =>
    evaluate(parseTemplate(template), new Map<string, Value>([["body", readJson(body)]])),
  );
}

// Text and references.
for (const [template, body, expected] of [
  ["plain $ text # and 5% \\ more", "null", "plain $ text # and 5% \\ more"],
  ["costs $1.00 and $.x", "null", "costs $1.00 and $.x"],
  ["[$missing] [$!missing] [$body.x.y] [${missing}]", "null", "[] [] [] []"],
  ["$body.a ${body.a}b $!body.a $!{body.a}", '{"a": "x"}', "x xb x x"],
  ["$body.a.", '{"a": "x"}', "x."],
  ["$body.l[1] $body.l.get(0) $body['l'][1] $body.l[9]", '{"l": [1, 2]}', "2 1 2 "],
  ["\\$body.a \\\\$body.a \\#set", '{"a": "x"}', "$body.a \\x #set"],
  ['\\"$body.a\\"', '{"a": "x"}', '\\"x\\"'],
  ["a ## comment\nb #* block\n comment *# c", "null", "a b  c"],
  ["#[[ $body.a #if ]]#", '{"a": "x"}', " $body.a #if "],
  ["#notadirective(1) #c0ffee", "null", "#notadirective(1) #c0ffee"],
] as const) {
  test(`text: ${JSON.stringify(template)}`, () => assert.equal(render(template, body), expected));
}

// How Java prints values that were parsed from JSON.
for (const [body, expected] of [
  ['{"foo": "bar"}', "{foo=bar}"],
  ['{"bigger": "dict", "to": "test", "with": "separators"}', "{bigger=dict, to=test, with=separators}"],
  ['[{"foo": "bar"}]', '[{"foo":"bar"}]'],
  ['{"foo": [{"nested": "bar"}]}', '{foo=[{"nested":"bar"}]}'],
  ["1", "1"],
  ["1.0", "1.0"],
  ["1.50", "1.5"],
  ["1e10", "1.0E10"],
  ["0.00001", "1.0E-5"],
  ["12345678.5", "1.23456785E7"],
  ["-0.0", "-0.0"],
  ["123456789012345678901234567890", "123456789012345678901234567890"],
  ["9007199254740993", "9007199254740993"],
  ["true", "true"],
  ["null", ""],
  ['{"a": null, "z": 1, "1": 2}', "{a=null, z=1, 1=2}"],
  ['"a\\u00e9\\n"', "a\u00e9\n"],
] as const) {
  test(`Java prints ${body} as ${JSON.stringify(expected)}`, () => assert.equal(render("$body", body), expected));
}

// Directives.
for (const [template, body, expected] of [
  ["#set($x = 5)$x", "null", "5"],
  ["  #set($x = 5)  \n$x", "null", "5"],
  ["#set($x = 5)#set($x = $body.nothing)$x", "{}", "5"],
  ["#{set}($x = 'a')#if($x == 'a')yes#{else}no#end", "null", "yes"],
  ["#if($body.a)A#elseif($body.b)B#{else}C#end", '{"b": 0}', "B"],
  ["#if($body.a)\nA\n#else\nB\n#end\n.", '{"a": ""}', "A\n."],
  ["#foreach($i in $body)$i#if($foreach.hasNext), #end#end", "[1, 2.5, true]", "1, 2.5, true"],
  ["#foreach($i in $body)$foreach.index:$foreach.count:$velocityCount;#end$!i", "[7, 8]", "0:1:1;1:2:2;"],
  ["#foreach($i in [1..3])$i#if($i == 2)#break#end#end", "null", "12"],
  ["#foreach($i in [3..1])$i#end", "null", "321"],
  ["#foreach($k in $body.keySet())$k=$body.get($k);#end", '{"b": 1, "a": 2}', "b=1;a=2;"],
  ["#foreach($e in $body.entrySet())$e.key=$e.value;$e.getKey()#end", '{"b": 1}', "b=1;b"],
  ["#foreach($v in $body)$v;#end", '{"b": 1, "a": 2}', "1;2;"],
  ["#foreach($a in [1..2])#foreach($b in [1..2])$foreach.parent.index$foreach.index #end#end", "null", "00 01 10 11 "],
  ["before#stop after", "null", "before"],
  ["#macro(twice $x)$x$x#end#twice('ab') #twice($body)", "1", "abab 11"],
  ["#set($m = {})#set($m.a = 1)#set($m['b'] = 2)$m", "null", "{a=1, b=2}"],
  ["#set($l = [1, 2])#set($l[0] = 'x')$l", "null", "[x, 2]"],
  ["#set($q = '\"')${q}a$q", "null", '"a"'],
] as const) {
  test(`directive: ${JSON.stringify(template)}`, () => assert.equal(render(template, body), expected));
}

// Expressions.
for (const [expression, expected] of [
  ["1 + 2 * 3", "7"],
  ["(1 + 2) * 3", "9"],
  ["7 / 2", "3"],
  ["-7 / 2", "-3"],
  ["7 % 3", "1"],
  ["7.0 / 2", "3.5"],
  ["1 / 0", ""],
  ["'a' + 1", "a1"],
  ["1 == 1.0", "true"],
  ["1 != 2 && !false", "true"],
  ["true and not false or false", "true"],
  ["3 gt 2", "true"],
  ["3 <= 2", "false"],
  ["'1' == 1", "true"],
  ['"x$body.a y"', "x1 y"],
  ["'x$body.a y'", "x$body.a y"],
  ["'it''s'", "it's"],
  ["[1, 'b', [2]]", "[1, b, [2]]"],
  ['{"a": 1, "b": [2]}', "{a=1, b=[2]}"],
  ["null", ""],
  ["$body.missing == $body.other", "true"],
] as const) {
  test(`expression: ${expression}`, () => assert.equal(render(`#set($x = ${expression})$!x`, '{"a": 1}'), expected));
}

// Methods of Java's classes.
for (const [call, expected] of [
  ["$body.s.length()", "11"],
  ["$body.s.substring(6)", "World"],
  ["$body.s.substring(0, 5)", "Hello"],
  ["$body.s.toLowerCase().indexOf('world')", "6"],
  ["$body.s.replaceAll('(\\w+) (\\w+)', '$2 $1')", "World Hello"],
  ["$body.s.replace('l', 'L')", "HeLLo WorLd"],
  ["$body.s.matches('Hello.*')", "true"],
  ["$body.s.matches('Hello')", "false"],
  ["$body.s.split(' ').get(1)", "World"],
  ["$body.s.split('').size()", "11"],
  ["$body.s.split('d').size()", "1"],
  ["$body.s.contains('lo W')", "true"],
  ["$body.s.equals('Hello World')", "true"],
  ["$body.s.isEmpty() $body.e.isEmpty() $body.e.empty", "false true true"],
  ["$body.l.size() $body.l.contains(2) $body.l.isEmpty()", "3 true false"],
  ["$body.l.add(4)$body.l", "true[1,2,3,4]"],
  ["$body.m.put('x', 1)$body.m.size() $body.m.containsKey('x') $body.m.x", "1 true 1"],
  ["$body.m.getOrDefault('no', 'd') $body.m.remove('no')", "d "],
  ["$body.l.get(0).toString().length()", "1"],
  ["$body.l.noSuchMethod() $body.l.noSuchProperty $body.s.constructor $body.s.toString.x", "   "],
] as const) {
  const body = '{"s": "Hello World", "e": "", "l": [1, 2, 3], "m": {}}';
  test(`method: ${call}`, () => assert.equal(render(call, body), expected));
}

for (const [name, template, message] of [
  ["an #if without #end", "#if(true)x", /#if without #end in line 1/],
  ["an #end without a directive", "x\n#end", /#end without a directive in line 2/],
  ["a #set without a value", "#set($x = )", /expected an expression/],
  ["an index out of bounds", "$body.substring(9)", /begin 9, end 4, length 4/],
  ["a range without bounds", "#set($x = [1..99999999])", /at most 10000/],
  ["nesting without end", "#if(true)".repeat(200), /nested deeper than 100/],
  ["brackets without end", `#set($x = ${"(".repeat(500)}`, /nested deeper than 100/],
  ["a template beyond AWS's quota", "x".repeat(300 * 1024 + 1), /307201 bytes, at most 307200/],
  ["a list that doubles", "#set($x = [1])#foreach($i in [1..99])$x.addAll($x)#end", /at most 100000/],
  ["a macro that calls itself", "#macro(m)#m()#end#m()", /calls itself too deeply/],
] as const) {
  test(`rejects ${name}`, () => assert.throws(() => render(template, '"text"'), { name: "VtlError", message }));
}

for (const [name, template] of [
  ["loops in loops in loops", "#foreach($a in [1..999])#foreach($b in [1..999])#foreach($c in [1..999])#end#end#end"],
  ["text that doubles", '#set($x = "x")#foreach($i in [1..99])#set($x = "$x$x")#end'],
  ["text that doubles by +", '#set($x = "x")#foreach($i in [1..99])#set($x = $x + $x)#end'],
  ["a list that holds itself twice over", "#set($x = [1])#foreach($i in [1..99])#set($x = [$x, $x])#end$x"],
  ["an ambiguous pattern on a long string", "#set($s = 'a')#set($x = $s.repeat(9999))$x.matches('(a{1,30}){1,30}b')"],
  ["a pattern with a back-reference", "$body.matches('(a+)\\1+b')"],
  ["brackets that could be indices or text", "$a[".repeat(2000)],
  ["quotes without an end", '$a["'.repeat(20_000)],
] as const) {
  test(`${name} cost more than the main thread may spend`, () => {
    assert.throws(() => render(template, '"text"'), { name: "BudgetExceeded" });
  });
}

test("a loop ends after AWS's thousand iterations without an error", () => {
  assert.equal(render("#foreach($i in [1..5000])x#end"), "x".repeat(1000));
});

for (const text of [
  "{",
  '{"a" 1}',
  "[1,]",
  "[1 2]",
  "nul",
  "01",
  "1.",
  '"a',
  '"\\x"',
  '"a\nb"',
  "{} {}",
  "",
  "[".repeat(2000),
]) {
  test(`${JSON.stringify(text.slice(0, 20))} is rejected as JSON`, () => {
    assert.throws(() => withinBudget(mainThreadBudget(), () => readJson(text)), { name: "JsonError" });
  });
}
