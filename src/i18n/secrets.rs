//! Why the secret of a profile cannot be had, and what to do. The sentences hold in a terminal line and on the
//! screen alike, so each carries its own way out.

use crate::domain::secret::NoSecret;

pub(super) fn en(profile: &str, why: &NoSecret, detail: &str) -> String {
    let words = words(detail);
    match why {
        NoSecret::Nowhere => format!("there is no secret for the profile {profile}. Run: mspdash login {profile}"),
        NoSecret::KeyringLocked => {
            format!("the keyring keeps the secret of {profile} locked. Unlock it, or run: mspdash login {profile}")
        }
        NoSecret::KeyringSilent(seconds) => {
            format!(
                "the keyring did not answer within {seconds} s. If it asks for something, answer it; then try again"
            )
        }
        NoSecret::KeyringFailed => {
            format!("the keyring failed{words}. To do without it, run: mspdash login {profile} --store file")
        }
        NoSecret::CommandMissing(program) => {
            format!("{program} cannot be started{words}. Check secret_command of the profile {profile}")
        }
        NoSecret::CommandFailed(program) => {
            format!("{program} gave no secret{words}. Check secret_command of the profile {profile}")
        }
        NoSecret::CommandSilent(program, seconds) => {
            format!("{program} did not end within {seconds} s. Run secret_command of {profile} by hand to see why")
        }
        NoSecret::CommandEmpty(program) => {
            format!("{program} printed nothing. Check secret_command of the profile {profile}")
        }
        NoSecret::CommandOdd(program) => {
            format!("{program} printed no single line of text. Check secret_command of the profile {profile}")
        }
        NoSecret::CommandTooLong(program) => {
            format!(
                "{program} printed far more than a secret can be long. Check secret_command of the profile {profile}"
            )
        }
        NoSecret::FileTooOpen { path, fix } => format!("others can get at the secret in {path}. Run: {fix}"),
        NoSecret::FileForeign(path) => {
            format!("{path} is another user's file. Make your own: mspdash login {profile}")
        }
        NoSecret::FileLink(path) => {
            format!("{path} is a symbolic link, and those are not followed. Name the file itself in secret_file")
        }
        NoSecret::FileOdd(path) => {
            format!("{path} holds no secret: it has to be a file of one line. Run: mspdash login {profile}")
        }
        NoSecret::FileUnreadable(path) => format!("{path} cannot be read{words}"),
        NoSecret::FileUnwritable(path) => format!("{path} cannot be written{words}"),
        NoSecret::VariableOdd(name) => format!("what {name} holds is no secret: it has to be one line"),
    }
}

pub(super) fn de(profile: &str, why: &NoSecret, detail: &str) -> String {
    let words = words(detail);
    match why {
        NoSecret::Nowhere => format!("für das Profil {profile} gibt es kein Geheimnis. Bitte: mspdash login {profile}"),
        NoSecret::KeyringLocked => format!(
            "der Schlüsselbund hält das Geheimnis von {profile} verschlossen. Öffnen Sie ihn, oder: mspdash login {profile}"
        ),
        NoSecret::KeyringSilent(seconds) => format!(
            "der Schlüsselbund antwortete nicht binnen {seconds} s. Fragt er etwas, antworten Sie ihm; dann noch einmal"
        ),
        NoSecret::KeyringFailed => {
            format!("der Schlüsselbund ist gestört{words}. Ohne ihn geht es mit: mspdash login {profile} --store file")
        }
        NoSecret::CommandMissing(program) => {
            format!("{program} lässt sich nicht starten{words}. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::CommandFailed(program) => {
            format!("{program} gab kein Geheimnis heraus{words}. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::CommandSilent(program, seconds) => {
            format!("{program} war nach {seconds} s nicht fertig. Führen Sie secret_command von {profile} selbst aus")
        }
        NoSecret::CommandEmpty(program) => {
            format!("{program} gab nichts aus. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::CommandOdd(program) => {
            format!("{program} gab keine einzelne Textzeile aus. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::CommandTooLong(program) => {
            format!(
                "{program} gab weit mehr aus, als ein Geheimnis lang ist. Prüfen Sie secret_command im Profil {profile}"
            )
        }
        NoSecret::FileTooOpen { path, fix } => format!("andere kommen an das Geheimnis in {path}. Bitte: {fix}"),
        NoSecret::FileForeign(path) => {
            format!("{path} gehört einem anderen Benutzer. Legen Sie Ihr eigenes an: mspdash login {profile}")
        }
        NoSecret::FileLink(path) => format!(
            "{path} ist ein symbolischer Link; solchen wird nicht gefolgt. Nennen Sie in secret_file die Datei selbst"
        ),
        NoSecret::FileOdd(path) => format!(
            "{path} enthält kein Geheimnis: es muss eine Datei mit einer Zeile sein. Bitte: mspdash login {profile}"
        ),
        NoSecret::FileUnreadable(path) => format!("{path} ist nicht lesbar{words}"),
        NoSecret::FileUnwritable(path) => format!("{path} lässt sich nicht schreiben{words}"),
        NoSecret::VariableOdd(name) => format!("{name} enthält kein Geheimnis: es muss eine Zeile sein"),
    }
}

/// The words of the system or of a program, in brackets.
fn words(detail: &str) -> String {
    let detail = detail.trim().trim_end_matches('.');
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}
