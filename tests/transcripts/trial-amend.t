# A protocol gets a new version: who must consent again by when, what is refused meanwhile, what was switched.
$ export CARECHAIN_LEDGER=mercy
$ set -o pipefail
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in dr-bob mona milo max; do keygen $name --quiet --format text > /dev/null; done
$ enroll-identity dr-bob --role investigator -k mercy | jq -r .type
identity.enroll
$ for name in mona milo max; do enroll-identity $name --role monitor -k mercy | jq -r .type; done
identity.enroll
identity.enroll
identity.enroll
$ mine --quiet | jq -r .type
block
$ echo "I agree to take part." > form-1.txt
$ trial-register $EXAMPLES/pain-trial.yaml -k mercy | jq -r .type
trial.register
$ mine --quiet | jq -r .type
block
$ event() { kind=$1; shift; trial-event $kind --trial PILL-1 "$@" | jq -r .type; }
$ join() { keygen $1 --quiet --format text > /dev/null; event consent --site mercy -k $1; event enroll --subject $1 -k mercy; event randomise --subject $1 --schedule secret.yaml -k mercy; }
$ for name in alice ben; do join $name; done
trial.consent
trial.enroll
trial.randomise
trial.consent
trial.enroll
trial.randomise
$ keygen dave --quiet --format text > /dev/null; event consent --site mercy -k dave
trial.consent
$ mine --quiet | jq -r .type
block

# The new version, whole: a scan more at week 4, sleep promoted, mood added, under a new form that all in the trial are
# to sign within the hour.
$ echo 'I agree to take part, and to a scan.' > form-2.txt
$ sed 's/form-1/form-2/; s/IRB-1, from.*}/IRB-2, from: 2023-11-14T22:30:00Z}/; s/id: week-4, procedures: \[interview\]/id: week-4, procedures: [interview, scan]/; s/kind: secondary/kind: primary/; /measure: Pain/a\  - {kind: other, measure: Mood}' $EXAMPLES/pain-trial.yaml > amended.yaml
$ again='--reconsent all-active --by 2023-11-14T23:10:00Z'
$ trial-amend PILL-1 amended.yaml --irb IRB-2 --substantial --reason safety-signal $again -k mercy | jq -c '{type, reconsent: .data.reconsent, by: .data.by, outcomes: [.data.protocol.outcomes[] | [.id, .kind, .measure]]}'
{"type":"trial.amend","reconsent":"all-active","by":"2023-11-14T23:10:00Z","outcomes":[["O1","primary","Pain at week 4"],["O2","primary","Sleep"],["O3","other","Mood"]]}
$ mine --quiet | jq -r .type
block
$ list effects | jq -c 'select(.data.kind == "reconsent").data | [.kind, .details]'
["reconsent",[{"key":"trial","value":"7af9f4accf80f06c82bc83d8e366c90975f50ae29dfff644229977b30b7c2d82.0"},{"key":"version","value":"2"},{"key":"by","value":"2023-11-14T23:10:00Z"}]]
$ show-trial PILL-1 --format text
Less pain with red pills
PILL-1, version 2, recruiting
site   version  consents to it  subjects  screen failures  enrolled  randomised  withdrawn  visits
mercy        2               0         3                0         2           2          0       0
arm    at risk  events  with event  severe  serious  fatal  affected  stop at
all          2       0           0       0        0      0         0        2
red          1       0           0       0        0      0         0        -
white        1       0           0       0        0      0         0        -
3 subjects must consent again: show-trial --worklist
$ show-trial PILL-1 --worklist | jq -c '.data | [.version, .by, .overdue]'
[2,"2023-11-14T23:10:00Z",false]
[2,"2023-11-14T23:10:00Z",false]
[2,"2023-11-14T23:10:00Z",false]
$ show-trial PILL-1 --diff 1 2 --format text
severity  stage      declared       outcome  change    before     after
major     enrolling  safety-signal  O2       promoted  secondary  primary
minor     enrolling  safety-signal  O3       added                Mood

# Until the deadline the old form covers what it covered; the scan needs the new one. New subjects sign the new one only.
$ event visit --subject alice --visit week-4 --procedure scan -k dr-bob
trial-event: error: the subject's consent (version 1) doesn't cover 'scan' at visit week-4
[1]
$ event visit --subject alice --visit baseline --procedure blood -k dr-bob
trial.visit
$ keygen zoe --quiet --format text > /dev/null
$ event consent --site mercy --protocol 1 -k zoe
trial-event: error: version 1 of the consent form is not in force at this site: 2 is
[1]
$ event consent --site mercy -k ben
trial.consent
$ event visit --subject ben --visit week-4 --procedure scan -k dr-bob
trial.visit
$ event consent --site mercy -k ben
trial-event: error: the subject consented to this version already
[1]
$ show-trial PILL-1 --worklist | jq -c '.data.version'
2
2
$ mine --quiet | jq -r .type
block

# 1: what the rules refuse.
$ trial-amend PILL-9 amended.yaml -k mercy
trial-amend: error: there is no trial 'PILL-9' on this ledger
trial-amend: hint: show-trial lists them
[1]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 -k mona
trial-amend: error: only its sponsor amends a trial
[1]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 --reconsent all-active -k mercy
trial-amend: error: a deadline goes with --reconsent all-active or affected-arm, and only with these
[1]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 --by 2023-12-01 -k mercy
trial-amend: error: a deadline goes with --reconsent all-active or affected-arm, and only with these
[1]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 $again -k mercy
trial-amend: error: consenting again needs a new consent form
[1]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 --reconsent affected-arm --by 2023-12-01 -k mercy
trial-amend: error: consenting again needs a new consent form
[1]
$ echo 'A third form.' > form-3.txt
$ sed 's/form-2/form-3/' amended.yaml > third.yaml
$ trial-amend PILL-1 third.yaml --irb IRB-3 --reconsent affected-arm --by 2023-12-01 -k mercy
trial-amend: error: affected arms go with --reconsent affected-arm
[1]
$ trial-amend PILL-1 third.yaml --irb IRB-3 --reconsent affected-arm --arm blue --by 2023-12-01 -k mercy
trial-amend: error: there is no arm 'blue'
[1]
$ trial-amend PILL-1 third.yaml --irb IRB-3 --reason 'because!' -k mercy
trial-amend: error: the reason is a short code
[1]
$ sed 's/PILL-1/PILL-2/' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: an amendment can't change the study number
[1]
$ sed 's/masking: NONE/masking: DOUBLE/' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: the blinding can't change after enrolment
[1]
$ sed 's/secret.yaml/another.yaml/' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: the commitment to the randomisation can't change after the first allocation
[1]
$ sed '/^safety/d' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: an amendment can't drop the safety rule
[1]
$ sed '$a scale: CTCAE-6.0' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: the scale of grades can't change after enrolment: versions are never mixed in one count
[1]
$ sed '/kind: primary/d' third.yaml | trial-amend PILL-1 - --irb IRB-3 -k mercy
trial-amend: error: a trial registers at least one primary outcome
[1]
$ trial-amend PILL-1 --adopt mercy --protocol 2 --irb IRB-S -k mercy
trial-amend: error: the site adopted this version already
[1]
$ trial-amend PILL-1 --adopt mercy --protocol 3 --irb IRB-S -k mercy
trial-amend: error: there is no such version
[1]
$ trial-amend PILL-1 --adopt mona --protocol 2 --irb IRB-S -k mercy
trial-amend: error: a site has to be an organisation of this ledger
[1]
$ trial-amend PILL-1 --adopt mercy --protocol 2 --irb IRB-S -k mona
trial-amend: error: only its sponsor admits a site to a version
[1]

# 2: what makes no sense. 3: what can't be found out.
$ trial-amend PILL-1 amended.yaml -k mercy
trial-amend: error: --irb is required
trial-amend: hint: the reference of the review board's approval
[2]
$ trial-amend PILL-1 --irb IRB-3 -k mercy
trial-amend: error: file is required
trial-amend: hint: the new version, whole
[2]
$ trial-amend PILL-1 --adopt mercy --irb IRB-3 -k mercy
trial-amend: error: --adopt needs --protocol
[2]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 --reconsent everybody -k mercy
trial-amend: error: --reconsent: 'everybody' is none of none,new-only,all-active,affected-arm
[2]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 --by soon -k mercy
trial-amend: error: --by: 'soon' is not a time
trial-amend: hint: write 2026-11-21, or 2026-11-21T07:45:00Z
[2]
$ trial-amend PILL-1 nowhere.yaml --irb IRB-3 -k mercy
trial-amend: error: cannot open nowhere.yaml: No such file or directory
[3]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 -k nobody
trial-amend: error: there is no key 'nobody' in ~/../keys
trial-amend: hint: keygen nobody
[3]
$ trial-amend PILL-1 amended.yaml --irb IRB-3 -k mercy -L nowhere
trial-amend: error: there is no ledger in 'nowhere'
trial-amend: hint: carechain init-ledger --solo -L nowhere
[3]

# After the deadline: no new procedures and no allocation without the new consent, but safety reports go on.
$ event visit --subject alice --visit week-4 --procedure interview -k dr-bob
trial-event: error: the subject had to consent to version 2 by 2023-11-14T23:10:00Z: no new procedures, but safety reports
trial-event: hint: show-trial --worklist lists whom to ask
[1]
$ event enroll --subject dave -k mercy
trial-event: error: the subject had to consent to version 2 by 2023-11-14T23:10:00Z: no new procedures, but safety reports
trial-event: hint: show-trial --worklist lists whom to ask
[1]
$ event adverse-event --subject alice --term Headache --grade 2 -k dr-bob
trial.adverse
$ show-trial PILL-1 --worklist --format text
subject                                                   site   version  by
did:key:z6MkhbuwuoZJbeXuKMKo3T97YT3m5MuzSmcmHk1FU11wPPfm  mercy        2  2023-11-14T23:10:00Z  overdue: no new procedures
did:key:z6Mkt8atLnGZSgZ45FNGjog8pwhApkpDWKryPaQbQdbkhDEu  mercy        2  2023-11-14T23:10:00Z  overdue: no new procedures
$ show-trial PILL-1 --overdue | jq -c '.data | [.what, .since]'
["reconsent","2023-11-14T23:10:00Z"]
["reconsent","2023-11-14T23:10:00Z"]
$ mine --quiet | jq -r .type
block
$ list effects | jq -c 'select(.data.kind == "overdue").data | [.word, .details]'
["trial-reconsent",[{"key":"trial","value":"7af9f4accf80f06c82bc83d8e366c90975f50ae29dfff644229977b30b7c2d82.0"},{"key":"subjects","value":"2"}]]
$ event consent --site mercy -k alice
trial.consent
$ event consent --site mercy -k dave
trial.consent
$ event visit --subject alice --visit week-4 --procedure scan -k dr-bob
trial.visit
$ event enroll --subject dave -k mercy
trial.enroll
$ show-trial PILL-1 --worklist

# An amendment that only new subjects consent to: what it adds is not done to the others.
$ sed 's/form-2/form-3/; s/IRB-2, from.*}/IRB-3, from: 2023-11-14T23:00:00Z}/; s/procedures: \[interview\], follow-up/procedures: [interview, biopsy], follow-up/' amended.yaml > third.yaml
$ trial-amend PILL-1 third.yaml --irb IRB-3 --reason biopsy --reconsent new-only -k mercy | jq -r .data.reconsent
new-only
$ event visit --subject ben --visit week-8 --procedure biopsy -k dr-bob
trial-event: error: the subject's consent (version 2) doesn't cover 'biopsy' at visit week-8
[1]
$ event visit --subject ben --visit week-8 --procedure interview -k dr-bob
trial.visit
$ show-trial PILL-1 --diff 2 3
$ show-trial PILL-1 --diff 1 3 | jq -c '.data | [.outcome, .change, .severity, .stage, .declared]'
["O2","promoted","major","enrolling","safety-signal"]
["O3","added","minor","enrolling","safety-signal"]
$ mine --quiet | jq -r .type
block
$ verify-chain --format text | tail -1
sound
