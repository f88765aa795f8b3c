//! Where secrets are, and in which order they are looked for.
