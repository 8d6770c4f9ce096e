//! Components side by side on one page.

use super::Points;
use super::stress::TOUCHING;
use crate::{Job, Result};

/// The height of a page of many small components, as a share of its width.
const PROPORTION: f64 = 0.75;
/// How near two actors may stand, as a share of the distance in an even spread, or of a step if that is less.
const NEAREST: f64 = 0.5;
/// Pushing ends when no two stand nearer than this share of that distance, or after so many rounds.
const TOLERATED: f64 = 0.95;
const PUSHES: usize = 100;

/// Centres the points and turns them so that they are widest from left to right, the first of them
/// left of the centre and not below it.
pub(super) fn upright(mut points: Points) -> Points {
    let Points { x, y } = &mut points;
    let k = x.len() as f64;
    for axis in [&mut *x, &mut *y] {
        let mean = axis.iter().sum::<f64>() / k;
        axis.iter_mut().for_each(|coordinate| *coordinate -= mean);
    }
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let (xx, xy, yy) = (dot(x, x), dot(x, y), dot(y, y));
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    // The eigenvector of the larger eigenvalue, by the form that does not cancel.
    let (mut cos, mut sin) = if half >= 0.0 { (half + root, xy) } else { (xy, root - half) };
    let size = (cos * cos + sin * sin).sqrt();
    (cos, sin) = if size > 0.0 { (cos / size, sin / size) } else { (1.0, 0.0) };
    for (x, y) in x.iter_mut().zip(y.iter_mut()) {
        (*x, *y) = (cos * *x + sin * *y, cos * *y - sin * *x);
    }
    if x.first().is_some_and(|first| *first > 0.0) {
        x.iter_mut().for_each(|x| *x = -*x);
    }
    if y.first().is_some_and(|first| *first < 0.0) {
        y.iter_mut().for_each(|y| *y = -*y);
    }
    points
}

/// Pushes points apart that stand nearer than [`NEAREST`] times the distance in an even spread, so that
/// actors do not cover each other on a page; distances between others hardly change.
pub(super) fn apart(mut points: Points, job: &Job) -> Result<Points> {
    let k = points.x.len();
    let extent = Extent::of(&points);
    let least = NEAREST * (extent.width * extent.height / k as f64).sqrt().min(1.0);
    let Points { x, y } = &mut points;
    for _ in 0..PUSHES {
        let mut near = false;
        for i in 1..k {
            if i % 64 == 0 {
                job.check()?;
            }
            for j in 0..i {
                let (to_x, to_y) = (x[j] - x[i], y[j] - y[i]);
                let square = to_x * to_x + to_y * to_y;
                if square < least * least {
                    let length = square.sqrt();
                    let push = 0.5 * (least - length) / length.max(TOUCHING);
                    near |= length < TOLERATED * least;
                    (x[i], y[i]) = (x[i] - push * to_x, y[i] - push * to_y);
                    (x[j], y[j]) = (x[j] + push * to_x, y[j] + push * to_y);
                }
            }
        }
        if !near {
            break;
        }
    }
    Ok(points)
}

/// The smallest upright box around a component.
struct Extent {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Extent {
    fn of(points: &Points) -> Self {
        let low = |axis: &[f64]| axis.iter().copied().fold(f64::INFINITY, f64::min);
        let high = |axis: &[f64]| axis.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (left, top) = (low(&points.x), high(&points.y));
        Self { left, top, width: high(&points.x) - left, height: top - low(&points.y) }
    }
}

/// Positions of all actors in the unit square: `members` holds the actors of each component, those
/// of one actor last; `pieces` the points of the others. The first piece stands left, the others in
/// columns beside it, isolates in rows below.
pub(super) fn pack(members: &[Vec<u32>], pieces: &[Points]) -> Vec<[f64; 2]> {
    let n = members.iter().map(Vec::len).sum();
    let mut positions = vec![[0.5, 0.5]; n];
    let boxes: Vec<Extent> = pieces.iter().map(Extent::of).collect();
    let gap = spacing(pieces, &boxes);
    let (corners, width) = columns(&boxes, gap);
    for (piece, (points, corner)) in pieces.iter().zip(&corners).enumerate() {
        for (member, actor) in members[piece].iter().enumerate() {
            let x = points.x[member] - boxes[piece].left + corner[0];
            let y = points.y[member] - boxes[piece].top + corner[1];
            positions[*actor as usize] = [x, y];
        }
    }
    let isolates: Vec<u32> = members[pieces.len()..].iter().map(|actors| actors[0]).collect();
    let floor = positions_floor(&boxes, &corners);
    let below = floor.map_or(0.0, |floor| floor - 1.5 * gap);
    let enough = (1.5 * isolates.len() as f64).sqrt().ceil();
    let row = ((width / gap).floor() + 1.0).max(enough) as usize;
    for (position, actor) in isolates.iter().enumerate() {
        positions[*actor as usize] = [(position % row) as f64 * gap, below - (position / row) as f64 * gap];
    }
    to_unit_square(&mut positions);
    positions
}

/// The distance between neighbouring boxes and isolates: that of neighbouring actors, roughly, and at
/// most one step.
fn spacing(pieces: &[Points], boxes: &[Extent]) -> f64 {
    let area: f64 = boxes.iter().map(|extent| (extent.width + 0.5) * (extent.height + 0.5)).sum();
    let actors: usize = pieces.iter().map(|points| points.x.len()).sum();
    if actors == 0 { 1.0 } else { (area / actors as f64).sqrt().clamp(0.1, 1.0) }
}

/// The upper left corner of each box, and the width of them all. A column is as high as the first box,
/// or as a page in [`PROPORTION`] that holds all boxes; it stands in the middle of that height.
fn columns(boxes: &[Extent], gap: f64) -> (Vec<[f64; 2]>, f64) {
    let area: f64 = boxes.iter().map(|extent| (extent.width + gap) * (extent.height + gap)).sum();
    let height = boxes.first().map_or(0.0, |first| first.height).max((PROPORTION * area).sqrt());
    let mut corners = Vec::with_capacity(boxes.len());
    let (mut left, mut first) = (0.0, 0);
    while first < boxes.len() {
        let (mut filled, mut width, mut end) = (0.0, 0.0_f64, first);
        while end < boxes.len() && (end == first || filled + gap + boxes[end].height <= height) {
            filled += boxes[end].height + if end == first { 0.0 } else { gap };
            width = width.max(boxes[end].width);
            end += 1;
        }
        let mut top = (filled - height) / 2.0;
        for extent in &boxes[first..end] {
            corners.push([left + (width - extent.width) / 2.0, top]);
            top -= extent.height + gap;
        }
        left += width + gap;
        first = end;
    }
    (corners, (left - gap).max(0.0))
}

fn positions_floor(boxes: &[Extent], corners: &[[f64; 2]]) -> Option<f64> {
    boxes.iter().zip(corners).map(|(extent, corner)| corner[1] - extent.height).reduce(f64::min)
}

/// Scales to the unit square, proportions kept, and centres there.
fn to_unit_square(positions: &mut [[f64; 2]]) {
    let range = |axis: usize| {
        let low = positions.iter().map(|point| point[axis]).fold(f64::INFINITY, f64::min);
        let high = positions.iter().map(|point| point[axis]).fold(f64::NEG_INFINITY, f64::max);
        (low, high - low)
    };
    let ((left, width), (bottom, height)) = (range(0), range(1));
    let size = width.max(height);
    for [x, y] in positions {
        if size > 0.0 {
            *x = 0.5 + ((*x - left) - width / 2.0) / size;
            *y = 0.5 + ((*y - bottom) - height / 2.0) / size;
        } else {
            (*x, *y) = (0.5, 0.5);
        }
    }
}
