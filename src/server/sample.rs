//! The sample workspace: the same companies and people for the same seed, with dates counted back from the day it
//! was made. All of it is fictional; addresses are on `.example`.

pub mod arrival;
mod crowd;
pub mod local;
mod names;
mod outside;
mod plan;
mod trail;
mod vaulting;

pub use vaulting::unfold as unfold_vaults;

use super::answer::Fail;
use super::company_row::{View, listed};
use super::company_text;
use super::name_keys::{order_key, search_key, tags_key};
use super::random::Seeded;
use crate::domain::region::Region;
use names::Names;
use plan::Plan;
use rusqlite::{Transaction, named_params};

/// What a sample was made from; kept in the database, so that people can be made later.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub seed: u64,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    pub region: Region,
}

/// People of so many companies are made at once; those of the others when they are first asked for.
const PEOPLED_AT_ONCE: u32 = 2000;

/// Kinds of ids, so that no two of them come from the same numbers.
const ACCOUNT: u64 = 1;
const TECHNICIAN: u64 = 2;
const COMPANY: u64 = 3;

struct Team {
    role: &'static str,
    name: &'static str,
    email: &'static str,
    group: &'static str,
    mfa: bool,
}

const TEAM: [Team; 5] = [
    Team { role: "OWNER", name: "Ida Harms", email: "ida.harms@harbour.example", group: "Owners", mfa: true },
    Team {
        role: "ADMINISTRATOR",
        name: "Jonas Behr",
        email: "jonas.behr@harbour.example",
        group: "Administrators",
        mfa: true,
    },
    Team {
        role: "MSP_TECHNICIAN",
        name: "Tomma Petersen",
        email: "technician@harbour.example",
        group: "MSP Technicians",
        mfa: true,
    },
    Team { role: "VIEW_ONLY", name: "Rieke Lund", email: "rieke.lund@harbour.example", group: "Reporting", mfa: true },
    Team {
        role: "NO_MFA",
        name: "Piet Voss",
        email: "piet.voss@harbour.example",
        group: "MSP Technicians",
        mfa: false,
    },
];

/// The technicians that act in companies: their number, name and address.
const ACTING: usize = 3;

/// The group of those who act in a role; none for a role that nobody of the sample has.
pub fn group(role: &str) -> Option<&'static str> {
    TEAM.iter().find(|member| member.role == role).map(|member| member.group)
}

/// The id of the technician with this row number.
fn technician_id(origin: &Origin, n: i64) -> String {
    Seeded::new(origin.seed, TECHNICIAN, n.cast_unsigned()).id()
}

/// Fills an empty database.
///
/// # Errors
/// The database cannot be written, or there is no source of secrets.
pub fn fill(
    tx: &Transaction<'_>,
    origin: &Origin,
    database_id: &str,
    size: u32,
    secret: impl Fn() -> Result<String, Fail>,
) -> Result<(), Fail> {
    let mut put = tx.prepare("INSERT INTO meta (key, value) VALUES (?, ?)")?;
    put.execute(("created", origin.created))?;
    put.execute(("seed", origin.seed.cast_signed()))?;
    let account = Seeded::new(origin.seed, ACCOUNT, 0).id();
    put.execute(("account_id", &account))?;
    let (region, local) = (origin.region, local::of(origin.region));
    put.execute(("account_name", local.account))?;
    put.execute(("region", region.as_str()))?;
    put.execute(("sign_in_host", format!("{}.{region}", local.host)))?;
    let sql = "INSERT INTO technicians (n, id, display_name, email, groups, role, mfa, client_secret)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let mut put = tx.prepare(sql)?;
    for (n, member) in (1_i64..).zip(&TEAM) {
        let id = technician_id(origin, n);
        put.execute((n, id, member.name, member.email, member.group, member.role, member.mfa, secret()?))?;
    }
    let names = Names::of(region);
    let view = View::of_nobody(&account, region.as_str(), database_id, origin.created);
    for n in 0..size {
        let plan = Plan::of(origin, &names, n);
        insert(tx, origin, &plan)?;
        if n < PEOPLED_AT_ONCE {
            crowd::insert(tx, origin, &names, &plan)?;
        } else {
            let owners = listed(&crowd::owner_names(origin, &names, &plan));
            let sql = "UPDATE companies SET owner_names = ? WHERE n = ?";
            tx.prepare_cached(sql)?.execute((owners, i64::from(n) + 1))?;
        }
        company_text::store(tx, &view, i64::from(n) + 1)?;
    }
    surround(tx, origin, secret)?;
    trail::insert(tx, origin, &names, size)
}

/// Writes what is around the companies: accounts that are not managed, and links.
///
/// # Errors
/// The database cannot be written, or there is no source of secrets.
pub fn surround(tx: &Transaction<'_>, origin: &Origin, secret: impl Fn() -> Result<String, Fail>) -> Result<(), Fail> {
    outside::insert(tx, origin, &secret)?;
    tx.execute("INSERT INTO meta (key, value) VALUES ('outside', 1)", [])?;
    Ok(())
}

/// Makes the people, groups and steps of a company, unless they are there. Until then nothing of it can have been
/// changed that they depend on, because every change of them comes through here first.
///
/// # Errors
/// The database cannot be written.
pub fn unfold(tx: &Transaction<'_>, origin: &Origin, company_n: i64) -> Result<(), Fail> {
    let derived: bool =
        tx.prepare_cached("SELECT derived FROM companies WHERE n = ?")?.query_row([company_n], |row| row.get(0))?;
    if derived {
        return Ok(());
    }
    unfold_all(tx, origin, &[company_n])
}

/// The same for several that are known to be without people.
///
/// # Errors
/// The database cannot be written.
pub fn unfold_all(tx: &Transaction<'_>, origin: &Origin, companies: &[i64]) -> Result<(), Fail> {
    let names = Names::of(origin.region);
    for company_n in companies {
        let number =
            u32::try_from(company_n - 1).map_err(|error| Fail::internal("a row number is out of range", &error))?;
        crowd::insert(tx, origin, &names, &Plan::of(origin, &names, number))?;
    }
    Ok(())
}

const INSERT: &str = "INSERT INTO companies (n, id, name, name_lower, name_key, website, country_code, address_lines,
    locality, postal_code, sign_in_host, origin, state, filled, seat_limit, members, guests, owners_confirmed,
    owners_invited, setup_done, setup_applicable, setup_moved, open_recoveries, recoveries_waiting, link_waiting,
    allowed_by_company, granted_mask, policies, shared_vaults, identity_providers, external_id, external_id_lower,
    tags, tags_lower, note, create_time, link_time, launch_time, unlink_time, unlinked_by_id, unlinked_by_name,
    trial_end_time, update_time)
    VALUES (:n, :id, :name, :name_lower, :name_key, :website, :country_code, :address_lines,
    :locality, :postal_code, :sign_in_host, :origin, :state, :filled, :seat_limit, :members, :guests, :owners_confirmed,
    :owners_invited, :setup_done, :setup_applicable, :setup_moved, :open_recoveries, :recoveries_waiting, :link_waiting,
    :allowed_by_company, :granted_mask, :policies, :shared_vaults, :identity_providers, :external_id, :external_id_lower,
    :tags, :tags_lower, :note, :create_time, :link_time, :launch_time, :unlink_time, :unlinked_by_id, :unlinked_by_name,
    :trial_end_time, :update_time)";

fn insert(tx: &Transaction<'_>, origin: &Origin, plan: &Plan) -> Result<(), Fail> {
    let tags = listed(&plan.tags);
    let lines: Vec<String> = plan.street.iter().cloned().collect();
    let unlinker = plan.unlink_time.map(|_| (technician_id(origin, 3), TEAM.get(2).map(|member| member.name)));
    // Technicians 1 to 3 have the bits 1 to 3; what the company does not allow was never granted either.
    let granted = match (plan.allowed && plan.unlink_time.is_none(), plan.ungranted) {
        (false, _) => 0,
        (true, false) => 0b1110,
        (true, true) => 0b0110,
    };
    tx.prepare_cached(INSERT)?.execute(named_params! {
        ":n": i64::from(plan.number) + 1,
        ":id": plan.id,
        ":name": plan.name,
        ":name_lower": search_key(&plan.name),
        ":name_key": order_key(&plan.name),
        ":website": format!("{}.example", plan.slug),
        ":country_code": plan.country,
        ":address_lines": listed(&lines),
        ":locality": plan.town,
        ":postal_code": plan.postal_code,
        ":sign_in_host": format!("{}.{}", plan.slug, origin.region),
        ":origin": if plan.linked { "LINKED" } else { "CREATED" },
        ":state": plan.state.as_str(),
        ":filled": plan.filled,
        ":seat_limit": plan.limit,
        ":members": plan.filled - plan.guests,
        ":guests": plan.guests,
        ":owners_confirmed": plan.owners,
        ":owners_invited": plan.owners_asked,
        ":setup_done": plan.done,
        ":setup_applicable": plan.applicable(),
        ":setup_moved": plan.moved,
        ":open_recoveries": plan.started + plan.waiting,
        ":recoveries_waiting": plan.waiting,
        ":link_waiting": plan.link_waiting,
        ":allowed_by_company": plan.allowed,
        ":granted_mask": granted,
        ":policies": plan.policies,
        ":shared_vaults": plan.vaults,
        ":identity_providers": plan.identity_providers,
        ":external_id": plan.external_id,
        ":external_id_lower": plan.external_id.as_deref().map(search_key),
        ":tags": tags,
        ":tags_lower": tags_key(&plan.tags),
        ":note": plan.note,
        ":create_time": plan.create_time,
        ":link_time": plan.link_time,
        ":launch_time": plan.launch_time,
        ":unlink_time": plan.unlink_time,
        ":unlinked_by_id": unlinker.as_ref().map(|(id, _)| id),
        ":unlinked_by_name": unlinker.as_ref().map(|(_, name)| name),
        ":trial_end_time": plan.unlink_time.map(|time| time + super::company_row::FOURTEEN_DAYS),
        ":update_time": plan.update_time,
    })?;
    Ok(())
}
