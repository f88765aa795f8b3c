# Short names for what a contributor does; `just` lists them.

_:
    @just --list

# Everything that must hold before a change lands.
ci:
    bash .ci/run

# The dashboard, on its sample workspace or as the arguments say.
run *ARGS:
    cargo run --release -- {{ARGS}}

# All tests, or some: `just test --test it unlink`.
test *ARGS:
    cargo test {{ARGS}}

# Go through changed pictures (needs cargo-insta).
review:
    cargo insta test --review --test tui

# Make the pictures of README and docs anew, from the running program.
screenshots:
    MSPDASH_WRITE_SCREENSHOTS=1 cargo test --test pty screenshots::

# Regenerate the key tables of README and docs.
docs:
    MSPDASH_WRITE_DOCS=1 cargo test --test tui docs::

# Frame, search, sort, merge and decoding at 10,000 and 100,000 companies.
bench *ARGS:
    cargo bench {{ARGS}}

# Completions and the manual, as releases and packages have them, into target/manual.
manual PROFILE="release":
    bash assets/deploy/manual target/{{PROFILE}}/mspdash target/manual

# A Debian package with the `dist` profile, in target/debian (needs cargo-deb).
deb:
    cargo build --locked --profile dist
    bash assets/deploy/manual target/dist/mspdash target/manual
    cargo deb --no-build --profile dist

# The MSP API alone, with a sample workspace.
serve *ARGS:
    cargo run --release -- serve {{ARGS}}
