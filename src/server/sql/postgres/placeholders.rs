//! Our statements as `PostgreSQL` reads them: parameters have numbers, and there are no hints about indexes.

const HINT: &str = "INDEXED BY ";

/// `?` becomes the next number and `?2` the second parameter; what stands in quotes stays.
pub fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let (mut rest, mut next) = (sql, 0_u32);
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '\'' | '"' => {
                let end = rest.char_indices().skip(1).find(|(_, c)| *c == first).map_or(rest.len(), |(at, _)| at + 1);
                out.push_str(&rest[..end]);
                end
            }
            '?' => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                out.push('$');
                if digits == 0 {
                    next += 1;
                    out.push_str(&next.to_string());
                } else {
                    out.push_str(&rest[1..=digits]);
                }
                1 + digits
            }
            _ if rest.starts_with(HINT) => {
                let name = rest[HINT.len()..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
                HINT.len() + name
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_texts_are_left_alone() {
        assert_eq!(numbered("SELECT a FROM t WHERE b = ? AND c = ?"), "SELECT a FROM t WHERE b = $1 AND c = $2");
        assert_eq!(numbered("b = ?2 AND a = ?1 OR c = ?12"), "b = $2 AND a = $1 OR c = $12");
        assert_eq!(numbered("a = '?' AND b = 'it''s ?' AND \"?\" = ?"), "a = '?' AND b = 'it''s ?' AND \"?\" = $1");
        assert_eq!(numbered("SELECT 'é\u{1f}' || ?"), "SELECT 'é\u{1f}' || $1");
        assert_eq!(
            numbered("FROM companies INDEXED BY companies_by_snooze WHERE x > ?"),
            "FROM companies  WHERE x > $1"
        );
    }
}
