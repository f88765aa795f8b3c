//! Events come once, none gets into another company, and no older mark wins, whatever order readings end in.

use super::super::access::{NewSource, connect_with, disconnect_in};
use super::super::row::find;
use super::*;
use crate::connect::events_api::Proof;
use crate::domain::facts::FactSource;
use crate::server::Database;
use crate::server::store::companies::register;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::pool::Store;
use crate::server::workspace::{NewWorkspace, create};
use crate::wire::Actor;
use proptest::prelude::*;

const COMPANIES: [&str; 2] = ["CA", "CB"];
const ACCOUNTS: [&str; 2] = ["ACCOUNTONEAAAAAAAAAAAAAAAA", "ACCOUNTTWOAAAAAAAAAAAAAAAA"];
const NOW: i64 = 1_800_000_000_000;

#[derive(Debug, Clone)]
enum Move {
    /// So many things happen in a company.
    Happen(usize, usize),
    /// A reading begins: behind the mark, and so many events before it again.
    Ask(usize, usize),
    /// One of those under way ends, in any order.
    Answer(usize, bool),
    Disconnect(usize),
    Connect(usize),
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0..2_usize, 1..4_usize).prop_map(|(company, events)| Move::Happen(company, events)),
        4 => (0..2_usize, 0..3_usize).prop_map(|(company, back)| Move::Ask(company, back)),
        4 => (0..9_usize, prop::bool::weighted(0.8)).prop_map(|(which, works)| Move::Answer(which, works)),
        1 => (0..2_usize).prop_map(Move::Disconnect),
        2 => (0..2_usize).prop_map(Move::Connect),
    ]
}

struct World {
    store: Store,
    scope: RequestScope,
    time: i64,
    /// How many events each company has.
    happened: [usize; 2],
    under_way: Vec<(SourceRow, Followed)>,
    _folder: tempfile::TempDir,
}

fn note(company: usize, n: usize) -> Note {
    let actor = Party { uuid: "P".into(), name: COMPANIES[company].into(), ..Party::default() };
    let time = Timestamp::from_millisecond(NOW + i64::try_from(n).unwrap()).unwrap();
    // The same ids in both: they are unique within an account only.
    Note { uuid: format!("E{n}"), time, actor, action: Action::PersonSuspended, target: None, client: None }
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("msp.db"));
        create(&database, &NewWorkspace { name: "Harbour IT".into(), ..NewWorkspace::default() }).unwrap();
        let store = Store::open(&database, false).unwrap();
        let mut scope = RequestScope::of_nobody("A", "1password.eu", "D", NOW);
        scope.real = true;
        let enter =
            |tx: &Transaction<'_>| COMPANIES.iter().try_for_each(|id| register::insert(tx, id, NOW, []).map(drop));
        store.write_now(enter).unwrap();
        Self { store, scope, time: NOW, happened: [0; 2], under_way: Vec::new(), _folder: folder }
    }

    fn by(&self) -> Requester {
        let mut scope = self.scope.clone();
        scope.now = self.time;
        let actor = Actor { id: "T".into(), display_name: "Mira".into() };
        Requester::by(scope, actor, (String::new(), None))
    }

    fn source(&self, company: usize) -> Option<SourceRow> {
        self.store.read_now(|db| find(db, COMPANIES[company], &FactSource::Events)).unwrap()
    }

    /// What is behind the mark, of which the cursor is the number of events.
    fn followed(&self, company: usize, marks: &Marks, back: usize) -> Followed {
        let asked = marks.first().map(|(_, mark)| mark.clone());
        let from: usize = asked.as_ref().map_or(0, |mark| mark.cursor.parse().unwrap());
        let as_of = Timestamp::from_millisecond(self.time).unwrap();
        let reading = Reading {
            events: (from.saturating_sub(back)..self.happened[company]).map(|n| note(company, n)).collect(),
            mark: Mark { cursor: self.happened[company].to_string(), through: as_of },
            complete: true,
            gap: None,
            private: 0,
            unreadable: 0,
            interrupted: None,
        };
        let proof = Proof {
            account: ACCOUNTS[company].into(),
            issued: None,
            expires: None,
            streams: vec![Stream::AuditEvents],
            too_much: Vec::new(),
        };
        Followed {
            proof,
            as_of,
            streams: vec![StreamRead { stream: Stream::AuditEvents, asked, outcome: Ok(reading) }],
        }
    }

    fn take(&mut self, step: &Move) {
        self.time += 1;
        let by = self.by();
        match *step {
            Move::Happen(company, events) => self.happened[company] += events,
            Move::Connect(company) => {
                let new = NewSource {
                    company: COMPANIES[company].to_owned(),
                    source: FactSource::Events,
                    account: ACCOUNTS[company].to_owned(),
                    client_id: None,
                    secret: "credential:c".parse().unwrap(),
                    may_write: false,
                };
                let first = self.followed(company, &Marks::new(), 0);
                let connect = |tx: &Transaction<'_>| {
                    connect_with(tx, &by, &new, |row| store_outcome(tx, &by, row, &Ok(first.clone())))
                };
                self.store.write_now(connect).unwrap().unwrap();
            }
            Move::Disconnect(company) => {
                let end = |tx: &Transaction<'_>| disconnect_in(tx, &by, COMPANIES[company], &FactSource::Events);
                drop(self.store.write_now(end).unwrap());
            }
            Move::Ask(company, back) => {
                let Some(row) = self.source(company) else { return };
                let marks = self.store.read_now(|db| marks(db, row.n)).unwrap();
                let followed = self.followed(company, &marks, back);
                self.under_way.push((row, followed));
            }
            Move::Answer(which, works) if !self.under_way.is_empty() => {
                let (row, followed) = self.under_way.remove(which % self.under_way.len());
                let broken = || Err(Failure::new(crate::domain::source::SourceReason::Unreachable, "away"));
                let outcome = if works { Ok(followed) } else { broken() };
                match self.store.write_now(|tx| store_outcome(tx, &by, &row, &outcome)) {
                    // Disconnected meanwhile.
                    Ok(_) | Err(StoreError::NotFound) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            Move::Answer(..) => {}
        }
    }

    /// Ids and actors of what a company's trail has from its account.
    fn trail(&self, company: usize) -> Vec<(String, String)> {
        let read = |db: &Connection| {
            let sql = "SELECT remote_id, actor_name FROM audit_events
                       WHERE company_id = ? AND remote_id IS NOT NULL ORDER BY time";
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement
                .query_map([COMPANIES[company]], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?)
        };
        self.store.read_now(read).unwrap()
    }

    fn cursor(&self, company: usize) -> Option<usize> {
        let row = self.source(company)?;
        let marks = self.store.read_now(|db| marks(db, row.n)).unwrap();
        marks.first().map(|(_, mark)| mark.cursor.parse().unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn events_come_once_into_their_company_and_no_older_mark_wins(moves in prop::collection::vec(any_move(), 1..40)) {
        let mut world = World::new();
        for step in &moves {
            let before = [world.cursor(0), world.cursor(1)];
            world.take(step);
            for company in [0, 1] {
                let (cursor, trail) = (world.cursor(company), world.trail(company));
                let anew = matches!(step, Move::Disconnect(at) | Move::Connect(at) if *at == company);
                prop_assert!(anew || cursor >= before[company], "{:?} after {:?}", cursor, before[company]);
                // Whatever is before the mark is there, once, in order.
                let wanted: Vec<_> =
                    (0..cursor.unwrap_or(0)).map(|n| (format!("E{n}"), COMPANIES[company].to_owned())).collect();
                prop_assert!(trail.starts_with(&wanted), "{:?} {:?}", trail, wanted);
                prop_assert!(trail.len() <= world.happened[company]);
                prop_assert!(cursor.is_some() || trail.is_empty(), "nothing is left of what is disconnected");
            }
        }
    }
}
