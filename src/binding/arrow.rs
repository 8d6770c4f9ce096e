//! Columns of labels through the Arrow C stream interface, borrowed from the table that holds them.
//!
//! The interface hands over raw pointers; this is the one file of the binding that follows them. What
//! the producer promises (buffers as long as its lengths say) is taken on trust, as the interface
//! demands; what can be checked (null pointers, alignment, offsets, view positions) is.
#![allow(unsafe_code, reason = "the Arrow C data interface is made of pointers")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{NonNull, null};

use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use wholenet_core::{Chunk, Column, Integers, Offsets, Validity, Values};

use crate::error::{BindingError, format_error};

#[repr(C)]
struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *const *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct Stream {
    get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private_data: *mut c_void,
}

/// A structure of the interface, which is released once.
trait Released {
    fn is_released(&self) -> bool;
    fn forget(&mut self);
}

/// Moves a structure out of its capsule, which is left with a released one, as the interface prescribes.
///
/// # Safety
/// `name` must be the interface's name for capsules that hold a `T`.
unsafe fn moved<T: Released>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<T> {
    let pointer = capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?.cast::<T>();
    // SAFETY: the capsule's name says what it holds; only one owner stays unreleased.
    unsafe {
        if (*pointer.as_ptr()).is_released() {
            return Err(format_error("the Arrow data were read before"));
        }
        let structure = pointer.as_ptr().read();
        (*pointer.as_ptr()).forget();
        Ok(structure)
    }
}

macro_rules! owned {
    ($type:ident) => {
        impl Released for $type {
            fn is_released(&self) -> bool {
                self.release.is_none()
            }

            fn forget(&mut self) {
                self.release = None;
            }
        }

        impl Drop for $type {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: an unreleased structure is released once, by its owner; the callback clears
                    // `release`.
                    unsafe { release(self) }
                }
            }
        }
    };
}

owned!(Schema);
owned!(Array);
owned!(Stream);

/// Larger than any length or offset that a machine has memory for; sums of a few stay in range.
const LARGEST: i64 = 1 << 46;

/// A length or offset that can be one.
fn size(number: i64, what: &str) -> PyResult<usize> {
    if !(0..=LARGEST).contains(&number) {
        return Err(format_error(&format!("an Arrow array gives {what} of {number}")));
    }
    Ok(number as usize)
}

/// The chunks of one column; keeps their buffers alive.
pub(crate) struct Imported {
    schema: Schema,
    arrays: Vec<Array>,
}

impl Imported {
    /// Takes the column that `object` exports.
    pub(crate) fn new(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !object.hasattr("__arrow_c_stream__")? {
            let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
                object.call_method0("__arrow_c_array__")?.extract()?;
            // SAFETY: the names are those of the interface for these two types.
            let (schema, array) =
                unsafe { (moved::<Schema>(&schema, c"arrow_schema")?, moved::<Array>(&array, c"arrow_array")?) };
            return Ok(Self { schema, arrays: vec![array] });
        }
        // SAFETY: as above.
        let mut stream: Stream = unsafe { moved(&object.call_method0("__arrow_c_stream__")?, c"arrow_array_stream")? };
        let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
            return Err(format_error("the Arrow stream can't be read"));
        };
        let mut schema = Schema::empty();
        // SAFETY: the callbacks belong to this unreleased stream; they fill structures that are ours.
        let mut status = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        let mut arrays = Vec::new();
        while status == 0 {
            object.py().check_signals()?;
            let mut array = Array::empty();
            // SAFETY: as above.
            status = unsafe { get_next(&raw mut stream, &raw mut array) };
            if status == 0 && array.release.is_none() {
                return Ok(Self { schema, arrays });
            }
            arrays.push(array);
        }
        Err(format_error(&format!("the Arrow stream ended with error {status}: {}", stream.last_error())))
    }

    /// The column, borrowed.
    pub(crate) fn column(&self, name: &str) -> PyResult<Column<'_>> {
        let chunks = self.arrays.iter().map(|array| chunk(&self.schema, array, name)).collect::<PyResult<Vec<_>>>()?;
        Ok(Column::new(name, chunks).map_err(BindingError)?)
    }
}

impl Schema {
    fn empty() -> Self {
        Self {
            format: null(),
            name: null(),
            metadata: null(),
            flags: 0,
            n_children: 0,
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        }
    }

    fn format(&self) -> &str {
        if self.format.is_null() {
            return "";
        }
        // SAFETY: a schema's format is a null-terminated string that lives as long as the schema.
        unsafe { CStr::from_ptr(self.format) }.to_str().unwrap_or("")
    }
}

impl Stream {
    fn last_error(&mut self) -> String {
        let Some(get) = self.get_last_error else { return String::new() };
        // SAFETY: the stream is unreleased; the text, if any, is null-terminated and copied at once.
        let text = unsafe { get(self) };
        if text.is_null() {
            return String::new();
        }
        // SAFETY: as above.
        unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
    }
}

impl Array {
    fn empty() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: null(),
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        }
    }

    fn rows(&self) -> PyResult<usize> {
        size(self.length, "a length")
    }

    fn first(&self) -> PyResult<usize> {
        size(self.offset, "an offset")
    }

    /// Buffer `index` as a pointer; `None` where the producer left it out.
    fn buffer(&self, index: usize) -> PyResult<Option<NonNull<c_void>>> {
        if self.buffers.is_null() || index as i64 >= self.n_buffers {
            return Err(format_error("an Arrow array has fewer buffers than its type needs"));
        }
        // SAFETY: the list of buffers has n_buffers entries.
        Ok(NonNull::new(unsafe { *self.buffers.add(index) }.cast_mut()))
    }

    /// Entries `from..from + len` of buffer `index`.
    fn slice<T>(&self, index: usize, from: usize, len: usize) -> PyResult<&[T]> {
        if len == 0 {
            return Ok(&[]);
        }
        let pointer = self.buffer(index)?.ok_or_else(|| format_error("an Arrow array lacks a buffer"))?.cast::<T>();
        if !pointer.is_aligned() {
            return Err(format_error("an Arrow buffer is not aligned"));
        }
        // SAFETY: not null and aligned; the producer promises at least offset + length entries, which live
        // until the array is released, and it is borrowed here. Only types of plain bits are read.
        Ok(unsafe { std::slice::from_raw_parts(pointer.as_ptr().add(from), len) })
    }
}

fn chunk<'a>(schema: &'a Schema, array: &'a Array, name: &str) -> PyResult<Chunk<'a>> {
    let (rows, first) = (array.rows()?, array.first()?);
    let values = if schema.dictionary.is_null() {
        plain(schema.format(), array, name)?
    } else {
        // SAFETY: a dictionary belongs to the schema or array that points at it and lives as long.
        let (of_schema, of_array) = unsafe { (schema.dictionary.as_ref(), array.dictionary.as_ref()) };
        let (Some(of_schema), Some(of_array)) = (of_schema, of_array) else {
            return Err(format_error("an Arrow array lacks its dictionary"));
        };
        let Values::Integer(codes) = plain(schema.format(), array, name)? else {
            return Err(unsupported(schema.format(), name));
        };
        if !of_schema.dictionary.is_null() {
            return Err(unsupported("dictionary of a dictionary", name));
        }
        Values::Dictionary { codes, values: Box::new(chunk(of_schema, of_array, name)?) }
    };
    let bits = if array.null_count == 0 || schema.format() == "n" { None } else { array.buffer(0)? };
    let validity = match bits {
        None => None,
        Some(_) => Some(Validity { bits: array.slice(0, 0, (first + rows).div_ceil(8))?, offset: first }),
    };
    Ok(Chunk { values, validity })
}

fn plain<'a>(format: &str, array: &'a Array, name: &str) -> PyResult<Values<'a>> {
    let (rows, first) = (array.rows()?, array.first()?);
    Ok(match format {
        "n" if rows > 1 << 28 => return Err(unsupported(format, name)),
        "n" => Values::Null(rows),
        "c" => Values::Integer(Integers::I8(array.slice(1, first, rows)?)),
        "C" => Values::Integer(Integers::U8(array.slice(1, first, rows)?)),
        "s" => Values::Integer(Integers::I16(array.slice(1, first, rows)?)),
        "S" => Values::Integer(Integers::U16(array.slice(1, first, rows)?)),
        "i" => Values::Integer(Integers::I32(array.slice(1, first, rows)?)),
        "I" => Values::Integer(Integers::U32(array.slice(1, first, rows)?)),
        "l" => Values::Integer(Integers::I64(array.slice(1, first, rows)?)),
        "L" => Values::Integer(Integers::U64(array.slice(1, first, rows)?)),
        "u" => text::<i32>(array, first, rows, Offsets::I32)?,
        "U" => text::<i64>(array, first, rows, Offsets::I64)?,
        "vu" => views(array, first, rows)?,
        other => return Err(unsupported(other, name)),
    })
}

fn text<'a, T: Copy + Into<i64> + 'a>(
    array: &'a Array,
    first: usize,
    rows: usize,
    wrap: impl Fn(&'a [T]) -> Offsets<'a>,
) -> PyResult<Values<'a>> {
    if rows == 0 {
        return Ok(Values::Text { offsets: Offsets::U64(&[0]), bytes: &[] });
    }
    let offsets: &[T] = array.slice(1, first, rows + 1)?;
    let end = size(offsets[rows].into(), "an offset of text")?;
    Ok(Values::Text { offsets: wrap(offsets), bytes: array.slice(2, 0, end)? })
}

/// Fixed buffers are validity and views; then come those with long labels, and last their lengths.
fn views(array: &Array, first: usize, rows: usize) -> PyResult<Values<'_>> {
    let count = size(array.n_buffers.saturating_sub(3), "a number of buffers")?;
    let lengths: &[i64] = array.slice(2 + count, 0, count)?;
    let buffers = lengths
        .iter()
        .enumerate()
        .map(|(index, length)| array.slice(2 + index, 0, size(*length, "the length of a buffer")?));
    Ok(Values::View { views: array.slice(1, first, rows)?, buffers: buffers.collect::<PyResult<_>>()? })
}

fn unsupported(format: &str, name: &str) -> PyErr {
    format_error(&format!(
        "labels must be text or whole numbers, but column '{name}' has the Arrow type {format:?}. Convert it to text"
    ))
}
