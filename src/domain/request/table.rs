//! Makes the structs and enums of [`request`](super) from their tables.

/// One request: a struct of its own; with `(..)` it is defined elsewhere.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name;
    };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $(pub $field: $type),*
        }
    };
    ($(#[$doc:meta])* $name:ident (..)) => {};
}

/// The table of requests; a row is `Name { fields } -> variant of Answer, variant of Operation;`.
macro_rules! requests {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $type:ty),* $(,)? })? $(($elsewhere:tt))? -> $answer:ident, $operation:ident;
    )*) => {
        $(request! { $(#[$doc])* $name $({ $($field: $type),* })? $(($elsewhere))? })*

        /// One call of the contract (paging included where a list is small).
        #[derive(Debug, Clone, PartialEq)]
        pub enum Request {
            $($(#[$doc])* $name($name)),*
        }

        $(impl From<$name> for Request {
            fn from(request: $name) -> Self {
                Self::$name(request)
            }
        })*

        impl Request {
            /// What a failure of this request is a failure of.
            pub fn operation(&self) -> Operation {
                match self {
                    Self::ChangePerson(change) if change.act.recovers() => Operation::Recover,
                    Self::ImportCompanies(import) if import.validate_only => Operation::Rehearse,
                    $(Self::$name(_) => Operation::$operation),*
                }
            }
        }

        impl Answer {
            /// Whether it is of the kind that answers this request.
            pub fn answers(&self, request: &Request) -> bool {
                match request {
                    $(Request::$name(_) => matches!(self.as_whole(), Answer::$answer(_))),*
                }
            }
        }

        /// Runs the same code on whichever request it is.
        macro_rules! match_request {
            ($request:expr, $bound:ident => $body:expr) => {
                match $request {
                    $($crate::domain::request::Request::$name($bound) => $body),*
                }
            };
        }
        pub(crate) use match_request;
    };
}

/// The table of answers: a variant and what it holds, `boxed` where it is large.
macro_rules! answers {
    (boxed { $($boxed:ident($large:ty)),* $(,)? } plain { $($plain:ident($small:ty)),* $(,)? }) => {
        /// What came back.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Answer {
            $($boxed(Box<$large>),)*
            $($plain($small),)*
            /// Any list of these, or what changed, of which so many rows could not be read and are left out.
            Partly(Box<Answer>, u32),
        }

        $(answers!(@convert $boxed, $large, Box::new, |held: Box<$large>| *held);)*
        $(answers!(@convert $plain, $small, std::convert::identity, std::convert::identity);)*
    };
    (@convert $variant:ident, $type:ty, $wrap:expr, $unwrap:expr) => {
        impl From<$type> for Answer {
            fn from(value: $type) -> Self {
                Self::$variant($wrap(value))
            }
        }

        impl TryFrom<Answer> for $type {
            type Error = WrongAnswer;

            fn try_from(answer: Answer) -> Result<Self, WrongAnswer> {
                match answer {
                    Answer::$variant(held) => Ok(($unwrap)(held)),
                    _ => Err(WrongAnswer),
                }
            }
        }
    };
}
