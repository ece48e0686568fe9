import { readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { execFileSync } from 'node:child_process';
import { improvePipeline } from '#main/generation/improve/gitlab-ci/improve-pipeline.ts';
import { judge } from '#main/generation/validation/judge.ts';
const out: string[] = [];
const walk = (d: string) => { for (const n of readdirSync(d)) { const p = join(d,n); statSync(p).isDirectory() ? walk(p) : out.push(p); } };
walk('/tmp/impa/gl');
const facts = { runtimes: [{language:'php',version:'8.3'},{language:'javascript', version: '22'}], isPart: false, tests: [{name:'api',job:'test-api',command:'npm test',text:'test-api:\n  stage: test\n  image: node:22\n  script:\n    - npm test\n'}] };
let changed=0, worst=0, added=0;
for (const p of out) {
  const t = readFileSync(p,'utf8');
  const s = performance.now(); const r = improvePipeline(t, facts); worst=Math.max(worst, performance.now()-s);
  const quiet = !process.argv.includes(p.slice(13)) && p.includes('firecow') && r.done.every(d=>d.text.includes('which no job did')); 
  if (r.content !== t) { changed++; if (quiet) added++; 
    const again = improvePipeline(r.content, facts); if (again.content !== r.content) console.log('NOT IDEMPOTENT', p);
    const before = (await judge({path:'.gitlab-ci.yml',content:t,format:'gitlab-ci'})).filter(f=>f.severity==='error').map(f=>f.rule+f.message);
    const after = (await judge({path:'.gitlab-ci.yml',content:r.content,format:'gitlab-ci'})).filter(f=>f.severity==='error').filter(f=>!before.includes(f.rule+f.message));
    if (after.length) console.log('NEW ERRORS', p, after);
  }
  if (quiet) continue;
  console.log('=====', p.slice(13)); for (const d of r.done) console.log(' done', d.line, d.text); for (const d of r.left) console.log(' left', d.line, d.text);
  if (r.content!==t) { writeFileSync('/tmp/impa/after', r.content); try { execFileSync('diff',['-u',p,'/tmp/impa/after'],{stdio:['ignore','inherit','inherit']}); } catch {} }
}
console.log({ files: out.length, changed, added, worst });
