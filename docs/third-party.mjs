// Reads the names of lock files on standard input, writes the list of packages as Markdown. Called by docs/generate-third-party.
import fs from 'node:fs';
import path from 'node:path';

const store = process.env.NUGET_PACKAGES;
const locks = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
const problems = [];

/** What part of the product needs a package: what is delivered comes before what only builds or tests it. */
function partOf(lock) {
  const project = lock.split('/').slice(0, 2).join('/');
  return project === 'src/Amana.Web' || project === 'src/Amana.Cli' ? 'delivered' : project.startsWith('src/') ? 'build' : 'test';
}

const rank = { delivered: 0, build: 1, test: 2 };
const nuget = new Map();
for (const lock of locks) {
  for (const packages of Object.values(JSON.parse(fs.readFileSync(lock, 'utf8')).dependencies))
    for (const [name, entry] of Object.entries(packages)) {
      if (entry.type === 'Project') continue;
      const key = name.toLowerCase() + '/' + entry.resolved;
      const known = nuget.get(key) ?? { name, version: entry.resolved, part: 'test' };
      if (rank[partOf(lock)] < rank[known.part]) known.part = partOf(lock);
      nuget.set(key, known);
    }
}

function licenceInFile(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/\s+/g, ' ');
  if (/Permission is hereby granted, free of charge/.test(text)) return 'MIT';
  if (/Apache License,? Version 2\.0/i.test(text)) return 'Apache-2.0';
  if (/Redistribution and use in source and binary forms/.test(text)) return /Neither the name/.test(text) ? 'BSD-3-Clause' : 'BSD-2-Clause';
  if (/MICROSOFT (SOFTWARE|\.NET LIBRARY)/i.test(text)) return 'Microsoft licence';
  return text.trim().slice(0, 60);
}

const addresses = [[/licenses\.nuget\.org\/(.+)$/, (m) => m[1]], [/apache\.org\/licenses\/LICENSE-2\.0/i, () => 'Apache-2.0'], [/opensource\.org\/licenses\/MIT/i, () => 'MIT'],
  [/raw\.githubusercontent\.com\/aspnet.*LICENSE|apache/i, () => 'Apache-2.0'], [/github\.com\/dotnet\/\w+\/blob\/\w+\/LICENSE/i, () => 'MIT']];

function read(p) {
  const folder = path.join(store, p.name.toLowerCase(), p.version.toLowerCase());
  const file = path.join(folder, p.name.toLowerCase() + '.nuspec');
  if (!fs.existsSync(file)) { problems.push(`${p.name} ${p.version} is not restored below ${store}.`); return; }
  const spec = fs.readFileSync(file, 'utf8');
  const licence = /<license\s+type="(\w+)"[^>]*>([^<]+)<\/license>/.exec(spec);
  const address = /<licenseUrl>([^<]+)<\/licenseUrl>/.exec(spec)?.[1];
  if (licence?.[1] === 'expression') p.licence = licence[2].trim();
  else if (licence) p.licence = `${licenceInFile(path.join(folder, licence[2].trim().replaceAll('\\', '/')))} (its file \`${licence[2].trim()}\`)`;
  else if (address) p.licence = addresses.map(([r, f]) => { const m = r.exec(address); return m && f(m); }).find(Boolean) ?? address;
  else problems.push(`${p.name} ${p.version} names no licence.`);
  p.author = /<authors>([^<]+)<\/authors>/.exec(spec)?.[1].trim() ?? '';
  if (/<developmentDependency>\s*true/.test(spec) && !fs.existsSync(path.join(folder, 'lib')) && p.part === 'delivered') p.part = 'build';
}

for (const p of nuget.values()) read(p);

const npm = Object.entries(JSON.parse(fs.readFileSync('package-lock.json', 'utf8')).packages).filter(([where]) => where).map(([where, entry]) => {
  const own = path.join(where, 'package.json');
  const licence = entry.license ?? (fs.existsSync(own) ? JSON.parse(fs.readFileSync(own, 'utf8')).license : undefined);
  if (!licence) problems.push(`${where} names no licence.`);
  return { name: where.replace(/^.*node_modules\//, ''), version: entry.version, licence, part: entry.dev || entry.optional ? 'build' : 'delivered' };
});

if (problems.length) { console.error(problems.join('\n')); process.exit(1); }

const byName = (a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
function table(title, packages, authors) {
  if (packages.length === 0) return;
  console.log(`\n### ${title}\n\n| package | version | licence |${authors ? ' authors |' : ''}\n| --- | --- | --- |${authors ? ' --- |' : ''}`);
  for (const p of packages.sort(byName)) console.log(`| \`${p.name}\` | ${p.version} | ${cell(p.licence)} |${authors ? ` ${cell(p.author)} |` : ''}`);
}

console.log('# Packages of others\n\nWritten by `docs/generate-third-party` from the lock files; do not edit it. What a package says of its own licence is repeated here; the .NET runtime\nand its ASP.NET Core framework (MIT) come with the SDK and are not listed.\n\n## NuGet');
const titles = { delivered: 'Delivered with the product', build: 'Used to build it, or part of the ASP.NET Core framework when delivered', test: 'Used to test and measure it' };
for (const part of Object.keys(titles)) table(titles[part], [...nuget.values()].filter((p) => p.part === part), true);
console.log('\n## npm');
titles.build = 'Used to build it';
for (const part of Object.keys(titles)) table(titles[part], npm.filter((p) => p.part === part), false);
