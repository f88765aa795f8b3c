//! The filter language of lists (contract: *Lists*), e.g. `state = ACTIVE AND seats.filled > 10 AND name : "bright"`.
//!
//! ```text
//! or    = and { "OR" and }
//! and   = not { "AND" not }
//! not   = [ "NOT" ] ( "(" or ")" | test )
//! test  = field operator value          operator: = != < <= > >= :
//! value = "text in quotes" | word
//! ```

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Test(Test),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    pub field: String,
    pub op: Op,
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    Has,
}

/// Bounds that no honest filter meets: they keep the parser's stack and the statement small.
const LONGEST: usize = 4000;
const DEEPEST: usize = 20;
const MOST_TESTS: usize = 100;

/// Reads a filter; `None` for one that says nothing.
/// The error is a sentence that says what was expected, and where.
pub fn parse(text: &str) -> Result<Option<Expr>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST {
        return Err(format!("is longer than {LONGEST} characters"));
    }
    let mut parser = Parser { text, at: 0, depth: 0, tests: 0 };
    let expr = parser.any()?;
    parser.space();
    if parser.at < text.len() { Err(parser.expected("AND, OR or the end")) } else { Ok(Some(expr)) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    tests: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn expected(&self, what: &str) -> String {
        let place = self.text.get(..self.at).unwrap_or("").chars().count() + 1;
        format!("cannot be read at character {place}: {what} expected")
    }

    /// Takes a word of the language (in capitals, as in the contract) if it comes next.
    fn word(&mut self, word: &str) -> bool {
        self.space();
        let Some(after) = self.rest().strip_prefix(word) else { return false };
        // `ORDER` is no `OR`; nor may a field name begin right behind it.
        if after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.') {
            return false;
        }
        self.at += word.len();
        true
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn any(&mut self) -> Result<Expr, String> {
        let mut parts = vec![self.all()?];
        while self.word("OR") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Any(parts) })
    }

    fn all(&mut self) -> Result<Expr, String> {
        let mut parts = vec![self.not()?];
        while self.word("AND") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::All(parts) })
    }

    fn not(&mut self) -> Result<Expr, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.expected(&format!("not more than {DEEPEST} levels of brackets and NOT")));
        }
        let expr = if self.word("NOT") {
            Expr::Not(Box::new(self.not()?))
        } else if self.sign("(") {
            let inner = self.any()?;
            if !self.sign(")") {
                return Err(self.expected("a closing bracket"));
            }
            inner
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn test(&mut self) -> Result<Expr, String> {
        self.tests += 1;
        if self.tests > MOST_TESTS {
            return Err(self.expected(&format!("not more than {MOST_TESTS} comparisons")));
        }
        self.space();
        let field = self.run(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if field.is_empty() {
            return Err(self.expected("a field"));
        }
        let op = self.op()?;
        let value = self.value()?;
        Ok(Expr::Test(Test { field: field.to_owned(), op, value }))
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    fn op(&mut self) -> Result<Op, String> {
        // Longer signs first: `<=` begins with `<`.
        let signs = [
            ("!=", Op::IsNot),
            ("<=", Op::AtMost),
            (">=", Op::AtLeast),
            ("=", Op::Is),
            ("<", Op::Less),
            (">", Op::More),
            (":", Op::Has),
        ];
        for (sign, op) in signs {
            if self.sign(sign) {
                return Ok(op);
            }
        }
        Err(self.expected("one of = != < <= > >= :"))
    }

    fn value(&mut self) -> Result<String, String> {
        if self.sign("\"") {
            return self.quoted();
        }
        let word = self.run(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '"' | '=' | '<' | '>' | '!'));
        if word.is_empty() || matches!(word, "AND" | "OR" | "NOT") {
            return Err(self.expected("a value"));
        }
        Ok(word.to_owned())
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut value = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((place, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += place + 1;
                    return Ok(value);
                }
                '\\' => match chars.next() {
                    Some((_, escaped @ ('"' | '\\'))) => value.push(escaped),
                    _ => return Err(self.expected("\\\" or \\\\ after a backslash")),
                },
                other => value.push(other),
            }
        }
        Err(self.expected("a closing quote"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(field: &str, op: Op, value: &str) -> Expr {
        Expr::Test(Test { field: field.into(), op, value: value.into() })
    }

    #[test]
    fn and_binds_closer_than_or_and_not_closest() {
        let read = parse(r#"state = ACTIVE OR NOT seats.filled>10 AND name:"br\"ight""#).unwrap().unwrap();
        let wanted = Expr::Any(vec![
            test("state", Op::Is, "ACTIVE"),
            Expr::All(vec![
                Expr::Not(Box::new(test("seats.filled", Op::More, "10"))),
                test("name", Op::Has, "br\"ight"),
            ]),
        ]);
        assert_eq!(read, wanted);
    }

    #[test]
    fn brackets_group_and_words_may_hold_colons() {
        let read = parse("(a = 1 OR b = 2) AND create_time >= 2026-01-01T00:00:00Z").unwrap().unwrap();
        let Expr::All(parts) = read else { panic!("{read:?}") };
        assert!(matches!(parts[0], Expr::Any(_)));
        assert_eq!(parts[1], test("create_time", Op::AtLeast, "2026-01-01T00:00:00Z"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, place) in [
            ("state", "character 6"),
            ("state = ", "character 9"),
            ("state = ACTIVE name = x", "character 16"),
            ("(state = A", "closing bracket"),
            ("name : \"open", "closing quote"),
            ("= 3", "a field"),
            ("state = AND", "a value"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(place), "{text}: {error}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert!(parse(&"(".repeat(3000)).is_err());
        assert!(parse(&"NOT ".repeat(900)).is_err());
        assert!(parse(&vec!["a=1"; 101].join(" OR ")).is_err());
        assert!(parse(&"x".repeat(5000)).is_err());
        assert_eq!(parse("  "), Ok(None));
    }

    proptest! {
        #[test]
        fn the_parser_never_panics(text in r#"(\PC|[a-z.]+|=|!=|<=|:|"|\\|\(|\)| AND | OR | NOT | |.)*"#) {
            drop(parse(&text));
        }

        #[test]
        fn quoted_text_comes_back_as_it_was(text in "[^\u{0}]{0,60}") {
            let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
            prop_assert_eq!(parse(&format!("name = \"{quoted}\"")), Ok(Some(test("name", Op::Is, &text))));
        }
    }
}
