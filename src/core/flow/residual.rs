//! What a flow leaves open: the actors who can still send to each other.

use super::Flow;

const NONE: u32 = u32::MAX;

impl Flow {
    /// The strong components of the arcs that can still carry something after the last flow, numbered from 0. A tie
    /// between two of them is in a smallest cut of that flow, and no other tie is (Picard & Queyranne 1980,
    /// doi:10.1007/BFb0120902). The search goes forwards, then backwards in the order of leaving (Sharir 1981,
    /// doi:10.1016/0898-1221(81)90008-0).
    #[must_use]
    pub fn open_components(&self) -> Vec<u32> {
        let n = self.level.len();
        let (mut next, mut seen) = (self.offsets[..n].to_vec(), vec![false; n]);
        let (mut left, mut way) = (Vec::with_capacity(n), Vec::new());
        for start in 0..n {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            way.push(start);
            while let Some(&actor) = way.last() {
                let onwards = (next[actor]..self.offsets[actor + 1])
                    .find(|arc| self.left[*arc] > 0.0 && !seen[self.targets[*arc] as usize]);
                if let Some(arc) = onwards {
                    next[actor] = arc + 1;
                    seen[self.targets[arc] as usize] = true;
                    way.push(self.targets[arc] as usize);
                } else {
                    left.push(actor);
                    way.pop();
                }
            }
        }
        self.backwards(&left)
    }

    /// Searches against the open arcs, from the actor left last on.
    fn backwards(&self, left: &[usize]) -> Vec<u32> {
        let mut component = vec![NONE; left.len()];
        let (mut count, mut queue) = (0, Vec::new());
        for &start in left.iter().rev() {
            if component[start] != NONE {
                continue;
            }
            component[start] = count;
            queue.push(start);
            while let Some(actor) = queue.pop() {
                for arc in self.offsets[actor]..self.offsets[actor + 1] {
                    let other = self.targets[arc] as usize;
                    if component[other] == NONE && self.left[self.back[arc] as usize] > 0.0 {
                        component[other] = count;
                        queue.push(other);
                    }
                }
            }
            count += 1;
        }
        component
    }
}
