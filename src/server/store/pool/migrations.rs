//! How the tables came to be, in order. Both engines have the same numbers and the same tables; those of `PostgreSQL`
//! begin where it was added.

pub struct Migration {
    /// What the tables have after it.
    pub version: i64,
    pub sql: &'static str,
}

macro_rules! migrations {
    ($engine:literal: $($version:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            version: $version,
            sql: include_str!(concat!("../../../../assets/migrations/", $engine, "/", $name, ".sql")),
        }),+]
    };
}

pub const SQLITE: &[Migration] = migrations!("sqlite":
    1 "0001_workspace",
    2 "0002_writes",
    3 "0003_texts",
    4 "0004_links",
    5 "0005_people",
    6 "0006_owner_names",
    7 "0007_moments",
    8 "0008_standing",
    9 "0009_words",
    10 "0010_real_workspaces",
    11 "0011_credentials",
    12 "0012_imports",
    13 "0013_facts",
    14 "0014_tasks",
    15 "0015_sources",
    16 "0016_reading",
    17 "0017_events",
    18 "0018_standing_of_sources",
);

pub const POSTGRES: &[Migration] = migrations!("postgres":
    12 "0012_workspace",
    13 "0013_facts",
    14 "0014_tasks",
    15 "0015_sources",
    16 "0016_reading",
    17 "0017_events",
    18 "0018_standing_of_sources",
);

/// The newest version of the tables.
pub fn newest(migrations: &[Migration]) -> i64 {
    migrations.last().map_or(0, |last| last.version)
}
