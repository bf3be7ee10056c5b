import { it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { Scheduler } from './scheduler.ts';
import { MODELS, benchTask, benchProgram, benchBatch } from '../bench/models.ts';
import { COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
const gpu = { } as any;
import { describe } from 'vitest';
describe('x', () => { const gpu = useGpu(); it('p', async () => { for (const name of ['date']) {
 const m = MODELS.find(m=>m.name===name)!; const t = benchTask(m); const p = benchProgram(t); const b = benchBatch(m);
 const values = new Float64Array(VALUES_LENGTH); values[VALUES.learningRate]=.01; values[VALUES.teacherForcing]=1; values[VALUES.correction1]=.1; values[VALUES.correction2]=.001;
 const inputs = new Map<string, any>([...Object.entries(b), ['values', values], ['counters', new Uint32Array(COUNTERS_LENGTH)]]);
 const s = new Scheduler(gpu.handle); const plan = await s.prepare(p); s.write('parameters', t.initial);
 const runs = []; for (let i=0;i<4;i++) runs.push(await s.profile(plan, { inputs, isFused: true }));
 const best = runs[0].launches.map((l,i)=>Math.min(...runs.map(r=>r.launches[i].ms)));
 console.log(name, 'sum', best.reduce((a,x)=>a+x,0).toFixed(1), Math.min(...runs.map(r=>r.stepMs)).toFixed(1));
 const by = new Map(); runs[0].launches.forEach((l,i)=>{ const k=l.entry+' '+[...new Set(l.calls.map(c=>(c as any).call?.op ?? (c as any).op))].join(','); const e=by.get(k)??{n:0,ms:0,mf:0}; e.n++; e.ms+=best[i]; e.mf+=l.flops/1e6; by.set(k,e); }); [...by].sort((a,b)=>b[1].ms-a[1].ms).forEach(([k,e])=>console.log(e.ms.toFixed(2).padStart(8), e.mf.toFixed(1).padStart(7)+' MF', (e.mf/e.ms).toFixed(2)+' GF/s', e.n, k));
 s.dispose(); } }, 200000); });
