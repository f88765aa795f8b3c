//! An Owner of a company, in a browser: the pages of the sample workspace, read and sent as a browser would.

fn browser() -> reqwest::Client {
    crate::support::http::browser().build().unwrap()
}

/// What stands in this attribute's quotes, behind that place of the page.
fn value(page: &str, behind: &str, field: &str) -> String {
    let place = page.find(behind).unwrap_or_else(|| panic!("no {behind} in {page}"));
    let rest = &page[place..];
    let field = rest.find(field).unwrap_or_else(|| panic!("no {field} in {rest}"));
    let value = rest[field..].split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// Any page of the sample workspace.
pub async fn reads(page: &str) -> String {
    browser().get(page).send().await.unwrap().text().await.unwrap()
}

/// The Owner of this company starts a link; answers the confirmation link that they would send on.
pub async fn starts(desk: &str, company: &str) -> String {
    let page = reads(desk).await;
    let fields =
        [("form", value(&page, company, "name=\"form\"")), ("account", value(&page, company, "name=\"account\""))];
    let sent = browser().post(format!("{desk}/links")).form(&fields).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.status());
    value(&sent.text().await.unwrap(), "<main>", "name=\"link\"")
}

/// On the page of a launched company somebody is invited; in the sample they sign up at once.
pub async fn invites(page: &str, name: &str) {
    let text = reads(page).await;
    let hidden = |field: &str| value(&text, "/launch/people", field);
    let (form, company, technician) =
        (hidden("name=\"form\""), hidden("name=\"company\""), hidden("name=\"technician\""));
    let fields = [("form", form.as_str()), ("company", &company), ("technician", &technician), ("name", name)];
    let place = reqwest::Url::parse(page).unwrap().join("/launch/people").unwrap();
    let sent = browser().post(place).form(&fields).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.status());
}

/// The Owner approves or denies on the page that the dashboard opened.
pub async fn answers(page: &str, decision: &str, reason: &str) {
    let text = reads(page).await;
    let form = value(&text, "<main>", "name=\"form\"");
    let fields = [("form", form.as_str()), ("decision", decision), ("reason", reason)];
    let sent = browser().post(page).form(&fields).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.status());
}
