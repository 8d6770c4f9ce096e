//! temporary
use crate::*;
use std::collections::BTreeMap;
/// t
#[derive(Debug)]
pub struct Built {
    /// n
    pub network: Network,
    /// l
    pub loops_dropped: u64,
    /// d
    pub duplicates_merged: u64,
    /// z
    pub zeros: u64,
    /// u
    pub unobserved_rows: u64,
}
impl Network {
    /// t
    /// # Errors
    /// t
    pub fn build(labels: Labels, ties: &Ties<'_>, rules: &Rules, silent: Option<&[bool]>, _job: &Job) -> Result<Built> {
        let n = labels.len();
        let mut map: BTreeMap<(u32, u32), Vec<(f64, u64)>> = BTreeMap::new();
        let mut loops: BTreeMap<u32, f64> = BTreeMap::new();
        let mut b = (0, 0, 0, 0);
        let row = |i: usize| Row {
            index: i as u64,
            source: labels.show(ties.source[i] as usize),
            target: labels.show(ties.target[i] as usize),
        };
        let rows = |v: Vec<usize>| Rows { total: v.len() as u64, first: v.iter().take(5).map(|i| row(*i)).collect() };
        let (mut inf, mut neg, mut lp, mut dup, mut sil) = (vec![], vec![], vec![], vec![], vec![]);
        for i in 0..ties.source.len() {
            let (s, t) = (ties.source[i], ties.target[i]);
            if s == u32::MAX || t == u32::MAX {
                continue;
            }
            let v = ties.value.map_or(1.0, |v| v[i]);
            if v.is_infinite() {
                inf.push(i);
            }
            if v < 0.0 && !rules.signed {
                neg.push(i);
            }
            if s == t {
                match rules.loops {
                    Loops::Error => lp.push(i),
                    Loops::Drop => b.0 += 1,
                    Loops::Keep => {
                        loops.insert(s, v);
                    }
                }
                continue;
            }
            if let Some(m) = silent {
                let bad = if rules.directed { m[s as usize] } else { m[s as usize] && m[t as usize] };
                if bad {
                    sil.push(i);
                }
            }
            let key = if rules.directed || s < t { (s, t) } else { (t, s) };
            let e = map.entry(key).or_default();
            if !e.is_empty() {
                dup.push(i);
            }
            e.push((v, i as u64));
        }
        if !inf.is_empty() {
            return Err(Error::InfiniteValues(rows(inf)));
        }
        if !neg.is_empty() {
            return Err(Error::NegativeValues(rows(neg)));
        }
        if !lp.is_empty() {
            return Err(Error::SelfTies(rows(lp)));
        }
        if !sil.is_empty() {
            return Err(Error::TiesOfNonRespondents(rows(sil)));
        }
        if !dup.is_empty() && rules.duplicates == Duplicates::Error {
            return Err(Error::DuplicateTies(rows(dup)));
        }
        b.1 = dup.len() as u64;
        let valued = ties.value.is_some() || rules.duplicates == Duplicates::Sum && b.1 > 0;
        let mut lists = vec![Vec::new(); n];
        let mut cells = vec![];
        for ((s, t), vs) in map {
            let obs: Vec<f64> = vs.iter().map(|x| x.0).filter(|x| !x.is_nan()).collect();
            if obs.is_empty() {
                cells.push((s, t));
                b.3 += 1;
                continue;
            }
            let v = match rules.duplicates {
                Duplicates::Sum => obs.iter().sum(),
                Duplicates::Max => obs.iter().copied().fold(f64::MIN, f64::max),
                Duplicates::Mean => obs.iter().sum::<f64>() / obs.len() as f64,
                _ => obs[0],
            };
            if v == 0.0 {
                b.2 += 1;
                continue;
            }
            lists[s as usize].push((t, v));
            if !rules.directed {
                lists[t as usize].push((s, v));
            }
        }
        let (mut off, mut tg, mut va) = (vec![0_u64], vec![], vec![]);
        for mut l in lists {
            l.sort_by_key(|x| x.0);
            for (t, v) in l {
                tg.push(t);
                va.push(v);
            }
            off.push(tg.len() as u64);
        }
        let graph = Graph::new(rules.directed, Csr::new(off, tg, valued.then_some(va)), loops.into_iter().collect());
        let missing = Missing::new(rules.directed, silent.map(<[bool]>::to_vec).unwrap_or_default(), vec![], cells);
        Ok(Built {
            network: Network::new(labels, graph, missing)?,
            loops_dropped: b.0,
            duplicates_merged: b.1,
            zeros: b.2,
            unobserved_rows: b.3,
        })
    }
}
