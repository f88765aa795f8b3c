//! Help.

use crate::i18n::types::help::Help;

pub(super) const TEXTS: Help = Help {
    title: "Tasten",
    keys: |down, up, search| format!("{down}/{up} bewegen · ↵ ausführen · {search} suchen · Esc schließen"),
    keys_searching: "↵ ausführen · ↑↓ bewegen · findet Namen, Tasten und andere Wörter · Esc beendet",
    here: "Hier",
    none: "Kein passender Befehl",
    found: |count| format!("{count} gefunden"),
    form_title: "Tasten dieses Formulars",
    form_keys: "Esc schließen",
    form: &[
        ("Tab ↓ ↵", "Zum nächsten Feld; auf einer Schaltfläche drückt ↵ sie."),
        ("⇧Tab ↑", "Zum vorigen Feld."),
        ("^s F2", "Speichern, aus jedem Feld. F2 für Terminals, die ^s selbst brauchen."),
        ("^u ^w ^k", "Löscht die Zeile, das Wort vor dem Cursor oder alles dahinter."),
        ("^a ^e ← →", "An den Anfang, ans Ende, um ein Zeichen; mit Alt um ein Wort."),
        ("Einfügen", "Ins Feld, bereinigt und in einer Zeile; eine Notiz behält ihre Zeilen."),
        ("Land", "Name oder Code tippen, mit ↑ ↓ wählen, mit Tab übernehmen."),
        ("Mehr …", "↵ oder Leertaste klappt die Felder auf, die leer bleiben dürfen."),
        ("Esc", "Schließt. Was Sie getippt haben, wird erst nach einem zweiten Mal verworfen."),
    ],
};
