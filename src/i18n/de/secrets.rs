//! Why the secret of a profile cannot be had, and what to do. The sentences hold in a terminal line and on the
//! screen alike, so each carries its own way out.

use crate::domain::secret::NoSecret;
use crate::i18n::bracketed;

pub(super) fn cause(profile: &str, why: &NoSecret, detail: &str) -> String {
    let words = bracketed(detail);
    match why {
        NoSecret::Nowhere => {
            format!("für das Profil {profile} ist kein Geheimnis gespeichert. Bitte: mspdash login {profile}")
        }
        NoSecret::KeyringLocked => format!(
            "der Schlüsselbund mit dem Geheimnis von {profile} ist gesperrt. Entsperren Sie ihn, oder: mspdash login {profile}"
        ),
        NoSecret::KeyringSilent(seconds) => format!(
            "der Schlüsselbund antwortete nicht binnen {seconds} s. Fragt er etwas, antworten Sie; dann noch einmal versuchen"
        ),
        NoSecret::KeyringFailed => {
            format!("Fehler im Schlüsselbund{words}. Ohne ihn geht es mit: mspdash login {profile} --store file")
        }
        NoSecret::CommandMissing(program) => {
            format!("{program} lässt sich nicht starten{words}. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::CommandFailed(program) => {
            format!("{program} lieferte kein Geheimnis{words}. Prüfen Sie secret_command im Profil {profile}")
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
            format!("{program} gab viel zu viel für ein Geheimnis aus. Prüfen Sie secret_command im Profil {profile}")
        }
        NoSecret::FileTooOpen { path, fix } => {
            format!("andere Benutzer haben Zugriff auf das Geheimnis in {path}. Bitte: {fix}")
        }
        NoSecret::FileForeign(path) => {
            format!("{path} gehört einem anderen Benutzer. Legen Sie Ihr eigenes an: mspdash login {profile}")
        }
        NoSecret::FileLink(path) => format!(
            "{path} ist ein symbolischer Link; ihm wird nicht gefolgt. Geben Sie in secret_file die Datei selbst an"
        ),
        NoSecret::FileOdd(path) => format!(
            "{path} enthält kein Geheimnis: es muss eine Datei mit einer Zeile sein. Bitte: mspdash login {profile}"
        ),
        NoSecret::FileUnreadable(path) => format!("{path} ist nicht lesbar{words}"),
        NoSecret::FileUnwritable(path) => format!("{path} ist nicht beschreibbar{words}"),
        NoSecret::VariableOdd(name) => format!("{name} enthält kein Geheimnis: es muss eine Zeile sein"),
    }
}
