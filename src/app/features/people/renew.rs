//! What is asked about changed meanwhile: the open question shows it as it stands now, and has to be confirmed anew.

use crate::app::features::people::confirm::{close, tell};
use crate::app::features::people::{
    About, Act, Change, Confirm, PeopleDisabledReason, Subject, called, fulfilled, of_person, of_recovery, warnings,
};
use crate::app::model::Model;
use crate::domain::id::{CompanyKey, ProfileId};

/// The people of a company came: a question about one of them shows them as they are now.
pub(super) fn by_people(model: &mut Model, key: &CompanyKey) {
    let Some(ask) = asked(model, false).filter(|ask| ask.key == *key) else { return };
    let (Some(user), Some(details)) = (ask.user().cloned(), model.details.get(key)) else { return };
    let Some(people) = details.people.value().filter(|_| details.people.error().is_none()) else { return };
    let me = model.accounts.session(&key.profile).map(|session| &session.technician.id);
    let Some(person) = people.iter().find(|person| person.id == user) else {
        return renew(model, None, Err(PeopleDisabledReason::Gone));
    };
    let done = match &ask.about {
        About::Person { act, .. } => act.done(),
        About::Vault { .. } => None,
    };
    if let Some(done) = done.filter(|done| ask.submission.outcome_unknown() && fulfilled(done, person)) {
        // The answer that was lost: it was done.
        let person = called(model, key, &Subject::from(person));
        let change = Change { key: key.clone(), user: user.clone(), person, done };
        close(model, key, Some(&user));
        return tell(model, change);
    }
    let (fresh, act) = (Subject::from(person), of_person(ask.command(), person, details, me));
    renew(model, Some(fresh), act);
}

/// The open recoveries of an account came: a question that was asked from there shows how it stands now.
pub(super) fn by_recoveries(model: &mut Model, profile: &ProfileId) {
    let Some(ask) = asked(model, true).filter(|ask| ask.key.profile == *profile) else { return };
    let (Some(user), list) = (ask.user(), &model.recoveries.list) else { return };
    if !list.load(profile).is_some_and(|load| load.value().is_some() && load.error().is_none()) {
        return;
    }
    let me = model.accounts.session(&ask.key.profile).map(|session| &session.technician.id);
    let found = list.of(profile).find(|it| it.company == ask.key.company && it.user == *user);
    let (fresh, act) = match found {
        Some(recovery) => {
            let act = of_recovery(ask.command(), recovery, me);
            (Some(Subject::from(recovery)), act)
        }
        None => (None, Err(PeopleDisabledReason::Gone)),
    };
    renew(model, fresh, act);
}

/// The open question, if it is not being sent; from the screen of recoveries, or from the tab.
fn asked(model: &Model, from_recoveries: bool) -> Option<&Confirm> {
    model.overlays.find(|ask: &Confirm| {
        !ask.submission.sending()
            && matches!(&ask.about, About::Person { subject, .. } if subject.recoverers.is_some() == from_recoveries)
    })
}

fn renew(model: &mut Model, fresh: Option<Subject>, act: Result<Act, PeopleDisabledReason>) {
    let next = model.new_intent();
    let about = |ask: &Confirm| matches!(&ask.about, About::Person { .. }) && !ask.submission.sending();
    let Some(ask) = model.overlays.find_mut(about) else { return };
    match &mut ask.about {
        About::Person { subject, .. } if fresh.as_ref() == Some(&*subject) => return,
        About::Person { subject, .. } => {
            if let Some(fresh) = fresh {
                *subject = fresh;
            }
        }
        About::Vault { .. } => return,
    }
    if !ask.submission.outcome_unknown() {
        // What was refused is answered by what is shown now.
        ask.submission.clear_error();
    }
    ask.go = false;
    ask.changed = true;
    ask.submission.renew_key(next);
    let About::Person { subject, act: shown, .. } = &mut ask.about else { return };
    match act {
        Ok(act) => {
            *shown = act;
            ask.hindered = None;
        }
        Err(hindrance) => ask.hindered = Some(hindrance),
    }
    let (key, subject, act) = (ask.key.clone(), subject.clone(), shown.clone());
    let new = warnings(model, &key, &subject, &act);
    if let Some(ask) = model.overlays.find_mut(about)
        && let About::Person { warnings, .. } = &mut ask.about
    {
        *warnings = new;
    }
}
