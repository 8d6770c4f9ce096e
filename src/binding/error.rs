//! Core errors as Python exceptions.

use pyo3::PyErr;
use pyo3::exceptions::PyKeyboardInterrupt;
use wholenet_core::Error;

mod python {
    //! The exceptions, which Python defines and documents.
    use pyo3::import_exception;

    import_exception!(wholenet.errors, ArgumentError);
    import_exception!(wholenet.errors, ConvergenceError);
    import_exception!(wholenet.errors, DirectionError);
    import_exception!(wholenet.errors, FormatError);
    import_exception!(wholenet.errors, InternalError);
    import_exception!(wholenet.errors, LabelError);
    import_exception!(wholenet.errors, MissingTiesError);
    import_exception!(wholenet.errors, SignedTiesError);
    import_exception!(wholenet.errors, SmallNetworkError);
    import_exception!(wholenet.errors, TieError);
}

/// A core error on its way to Python.
pub(crate) struct BindingError(pub(crate) Error);

impl From<Error> for BindingError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<BindingError> for PyErr {
    fn from(BindingError(error): BindingError) -> Self {
        let text = error.to_string();
        match error {
            Error::Interrupted => PyKeyboardInterrupt::new_err(()),
            Error::SelfTies(_)
            | Error::DuplicateTies(_)
            | Error::BothDirections(_)
            | Error::InfiniteValues(_)
            | Error::NegativeValues(_)
            | Error::WithinMode { .. }
            | Error::TiesOfNonRespondents(_) => python::TieError::new_err(text),
            Error::Labels(_) => python::LabelError::new_err(text),
            Error::OneReport { .. } | Error::Incomplete { .. } => python::MissingTiesError::new_err(text),
            Error::Direction { .. } => python::DirectionError::new_err(text),
            Error::Signed { .. } => python::SignedTiesError::new_err(text),
            Error::Argument { .. } | Error::TooManyActors { .. } => python::ArgumentError::new_err(text),
            Error::TooSmall { .. } => python::SmallNetworkError::new_err(text),
            Error::Convergence { .. } => python::ConvergenceError::new_err(text),
            Error::Format(_) => python::FormatError::new_err(text),
            _ => python::InternalError::new_err(text),
        }
    }
}

/// Something that was handed in can't be read.
pub(crate) fn format_error(text: &str) -> PyErr {
    python::FormatError::new_err(text.to_owned())
}

/// A panic of the core, which no input should cause.
pub(crate) fn panicked(payload: &(dyn std::any::Any + Send)) -> PyErr {
    let text = payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    python::InternalError::new_err(format!("internal error, please report it: {text}"))
}
