# What trial-event refuses, each with its reason. trial.t shows what it takes.
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
$ keygen south --quiet --format text > /dev/null; enroll-identity south --role clinic -k mercy | jq -r .type
identity.enroll
$ mine --quiet | jq -r .type
block
$ echo "I agree to take part." > form-1.txt
$ sed "/site: mercy/a\  - {site: south, irb: IRB-S, from: 2023-11-30}" $EXAMPLES/pain-trial.yaml > trial.yaml
$ trial-register trial.yaml -k mercy | jq -r .type
trial.register
$ mine --quiet | jq -r .type
block
$ event() { kind=$1; shift; trial-event $kind --trial PILL-1 "$@" | jq -r .type; }
$ take_in() { event enroll --subject $1 -k mercy; event randomise --subject $1 --schedule secret.yaml -k mercy; }
$ for name in alice ben carl dora eve rita; do keygen $name --quiet --format text > /dev/null; done

# Consent: to the form in force at the site, not before the registration, with the subject's own key.
$ event consent --site mona -k alice
trial-event: error: the trial has no site 'mona'
[1]
$ event consent --site south -k alice
trial-event: error: no version of the protocol is approved at 'south' yet
[1]
$ event consent --site mercy --protocol 2 -k alice
trial-event: error: there is no version 2 with a consent form
[1]
$ event consent --site mercy --at 2023-11-14T22:20:00Z -k alice
trial-event: error: it was signed before the trial was registered
[1]
$ event consent --site mercy --at 2023-11-13 -k alice
trial-event: error: no version of the protocol is approved at 'mercy' yet
[1]
$ event consent --site mercy --at 2023-11-13 --late holiday -k alice
trial-event: error: --late: 'holiday' is none of migration,paper-record,outage,delayed-report,other
[2]
$ event consent --site mercy --at 2023-11-13 --late paper-record -k alice
trial-event: error: no version of the protocol is approved at 'mercy' yet
[1]
$ event consent --site mercy --at 2024-11-13 -k alice
trial-event: error: it says that it happened after the block that holds it
[1]
$ event consent --site mercy --subject alice -k ben
trial-event: error: a consent is signed with the subject's own key, or by a representative and an investigator
trial-event: hint: --meaning representative, then an investigator: trial-event countersign
[1]
$ event consent --site mercy --meaning responsibility -k alice
trial-event: error: the subject's own signature means consent
[1]
$ for name in alice ben carl; do event consent --site mercy -k $name; done
trial.consent
trial.consent
trial.consent
$ event consent --site mercy -k alice
trial-event: error: the subject consented to this version already
[1]

# A representative signs, an investigator of that site answers for it; who runs the trial there can't represent anybody.
$ dora=$(keygen --derive dora --for mercy --format text)
$ event consent --site mercy --subject $dora --meaning representative -k dr-bob
trial-event: error: who runs the trial at a site can't represent its subjects
[1]
$ event countersign --subject $dora --representative rita -k dr-bob
trial-event: error: no representative's signature waits for this
[1]
$ event consent --site mercy --subject $dora --meaning representative -k rita
trial.consent
$ event countersign --subject $dora --representative eve -k dr-bob
trial-event: error: no representative's signature waits for this
[1]
$ event countersign --subject $dora --representative rita --meaning consent -k dr-bob
trial-event: error: an investigator's signature means responsibility
[1]
$ event countersign --subject $dora --representative rita -k south
trial-event: error: only an investigator of the site countersigns
trial-event: hint: enroll-identity NAME --role investigator
[1]
$ event countersign --subject $dora --representative rita -k dr-bob
trial.countersign
$ event countersign --subject $dora --representative rita -k dr-bob
trial-event: error: no representative's signature waits for this
[1]

# Enrolment: with consent, once, by the subject's site; a screen failure has a reason.
$ event enroll --subject eve -k mercy
trial-event: error: the subject has not consented
trial-event: hint: trial-event consent, with the subject's own key
[1]
$ event enroll --subject alice --at 2023-11-14T22:20:00Z -k mercy
trial-event: error: nobody is enrolled before the trial is registered
[1]
$ event enroll --subject alice -k south
trial-event: error: only the subject's site enrols her
[1]
$ event enroll --subject carl --not-eligible -k mercy
trial-event: error: a screen failure needs a reason: a short code
[1]
$ event enroll --subject carl --not-eligible --reason 'too old!' -k mercy
trial-event: error: the reason is a short code
[1]
$ event enroll --subject carl --not-eligible --reason age -k mercy
trial.enroll
$ event enroll --subject carl -k mercy
trial-event: error: the subject is screen-failure already
[1]
$ event enroll --subject alice --arm red -k mercy
trial-event: error: the arm comes from the randomisation
[1]

# Allocation: of who is enrolled, once, by the committed schedule.
$ event randomise --subject alice --schedule secret.yaml -k mercy
trial-event: error: the subject is consented
[1]
$ take_in alice
trial.enroll
trial.randomise
$ event randomise --subject alice --schedule secret.yaml -k mercy
trial-event: error: the subject is randomised
[1]
$ event enroll --subject alice -k mercy
trial-event: error: the subject is randomised already
[1]
$ event enroll --subject ben -k mercy
trial.enroll
$ event randomise --subject ben --schedule secret.yaml -k dr-bob
trial-event: error: only the trial's randomiser allocates
[1]
$ sed 's/^blocks.*/blocks: [4]/' secret.yaml > other.yaml
$ event randomise --subject ben --schedule other.yaml -k mercy
trial-event: error: 'other.yaml' is not the schedule that was committed to
[1]
$ event randomise --subject ben --schedule secret.yaml --stratum 'a/b' -k mercy
trial-event: error: the stratum is malformed
[1]
$ event randomise --subject ben --schedule secret.yaml -k mercy
trial.randomise

# Visits: those of the protocol, what the consent covers, once, by the subject's site.
$ event visit --subject alice --visit party -k dr-bob
trial-event: error: version 1 of the protocol has no visit 'party'
[1]
$ event visit --subject alice --visit week-4 --procedure blood -k dr-bob
trial-event: error: the subject's consent (version 1) doesn't cover 'blood' at visit week-4
[1]
$ event visit --subject carl --visit baseline -k dr-bob
trial-event: error: the subject failed screening
[1]
$ event visit --subject eve --visit baseline -k dr-bob
trial-event: error: the subject has not consented
trial-event: hint: trial-event consent, with the subject's own key
[1]
$ event visit --subject alice --visit baseline -k south
trial-event: error: only the subject's site records visits
[1]
$ event visit --subject alice --visit baseline --procedure blood --at 2023-11-13 -k dr-bob
trial-event: error: it happened more than 24 hours ago: a late entry needs a reason
trial-event: hint: --late migration, paper-record, outage, delayed-report or other
[1]
$ event visit --subject alice --visit baseline --procedure blood -k dr-bob
trial.visit
$ event visit --subject alice --visit baseline --procedure blood -k dr-bob
trial-event: error: the visit baseline is recorded already: it is paid for once
[1]
$ event exclude --subject alice --visit week-4 -k mercy
trial-event: error: there is no such visit
[1]
$ event complete --subject alice --status lost -k south
trial-event: error: only the subject's site says how her participation ended
[1]
$ event complete --subject carl -k mercy
trial-event: error: the subject is screen-failure
[1]

# Withdrawal: by the subject or her site, each level once and never back; from the intervention leaves follow-up, from
# follow-up or further use of data nothing.
$ event withdraw --subject alice --level intervention -k south
trial-event: error: the subject withdraws, or the site for her
[1]
$ event withdraw --level intervention -k eve
trial-event: error: there is no such subject in this trial
[1]
$ event withdraw --level intervention -k alice
trial.withdraw
$ event withdraw --level intervention -k alice
trial-event: error: the subject withdrew already
[1]
$ event visit --subject alice --visit week-4 --procedure interview -k dr-bob
trial-event: error: the subject withdrew from intervention at 2023-11-14T23:21:20Z
[1]
$ event consent --site mercy -k alice
trial-event: error: the subject withdrew from intervention
[1]
$ event withdraw --level follow-up -k alice
trial.withdraw
$ event withdraw --level intervention -k alice
trial-event: error: the subject withdrew already
[1]
$ event visit --subject alice --visit week-8 --procedure interview -k dr-bob
trial-event: error: the subject withdrew from follow-up at 2023-11-14T23:25:20Z
[1]
$ event withdraw --subject alice --level data-use -k mercy
trial.withdraw
$ event visit --subject alice --visit week-8 --procedure interview -k dr-bob
trial-event: error: the subject withdrew from data-use at 2023-11-14T23:28:20Z
[1]
$ event withdraw --level data-use -k alice
trial-event: error: the subject withdrew already
[1]

# Adverse events: of a subject, by her site or the sponsor, graded on a known scale. Nothing else keeps one out.
$ event adverse-event --subject eve --term Rash --grade 1 -k dr-bob
trial-event: error: there is no such subject in this trial
[1]
$ event adverse-event --subject alice --term Rash --grade 1 -k south
trial-event: error: the subject's site or the sponsor reports an event
[1]
$ event adverse-event --subject alice --term Rash --grade 4 --scale severity-3 -k dr-bob
trial-event: error: grades of severity-3 go from 1 to 3
[1]
$ event adverse-event --subject alice --term Rash --grade 1 --onset yesterday -k dr-bob
trial-event: error: the onset is a date, a month or a year
[1]
$ event adverse-event --subject alice --term Rash --grade 1 --known 2023-11-01 -k dr-bob
trial-event: error: it happened more than 24 hours ago: a late entry needs a reason
trial-event: hint: --late migration, paper-record, outage, delayed-report or other
[1]
$ event adverse-event --subject alice --term Rash --grade 1 -k dr-bob
trial.adverse
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 | jq -c '.data.arms[0].counts | [.exposed, .events, .affected]'
["2","1","0"]

# Suspected, serious, unexpected: a report is due in 7 or 15 days, made once, by the sponsor. It says so when it is late.
$ trial-event adverse-event --trial PILL-1 --subject ben --term Stroke --grade 4 --criterion life-threatening --causality possible --known 2023-11-05 --late delayed-report -k dr-bob | jq -r .id > stroke
$ trial-event adverse-event --trial PILL-1 --subject ben --term Fall --grade 2 --criterion hospitalisation --causality possible -k dr-bob | jq -r .id > fall
$ trial-event adverse-event --trial PILL-1 --subject ben --term Fall --grade 2 --criterion hospitalisation --causality possible --expected -k dr-bob | jq -r .id > expected
$ mine --quiet | jq -r .type
block
$ mine --empty --quiet | jq -r .type
block
$ show-trial PILL-1 --overdue | jq -c '.data | [.what, .since]'
["report","2023-11-12T00:00:00Z"]
$ list effects | jq -c 'select(.data.kind == "overdue").data | [.word, .details]'
["trial-report",[{"key":"due","value":"2023-11-12T00:00:00Z"}]]
$ event report --event $(cat expected) -k mercy
trial-event: error: no report to the authority is due for this event
[1]
$ event report --event $(cat stroke) -k dr-bob
trial-event: error: the sponsor reports to the authority
[1]
$ event report --event $(cat stroke) --at 2024-11-14 -k mercy
trial-event: error: it says that it was reported in the future
[1]
$ event report --event $(cat stroke) -k mercy
trial.report
$ event report --event $(cat stroke) -k mercy
trial-event: error: it was reported already, at 2023-11-14T23:49:20Z
[1]
$ show-trial PILL-1 --overdue

# Holds: by members of the board, each once, on a hold that there is; what the board decided is decided. A modified trial
# goes on with its amendment, a suspended one when the board decides again, an ended one never.
$ event lift-hold --decision continue -k mona
trial-event: error: there is no such safety hold
[1]
$ event consent --site mercy -k eve
trial.consent
$ take_in eve
trial.enroll
trial.randomise
$ event adverse-event --subject eve --term Stroke --grade 3 --causality possible -k dr-bob
trial.adverse
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 --format text | tail -2
white        1       1           1       0        0      0         0        -
hold 1 since 2023-11-14T23:56:20Z: 2 of 3 affected, stop at 2; 0 of 2 votes
$ event enroll --subject $dora -k mercy
trial-event: error: the trial is on safety hold 1: nobody is enrolled or randomised
trial-event: hint: the monitoring board decides: trial-event lift-hold --decision continue
[1]
$ event lift-hold --decision continue -k dr-bob
trial-event: error: only members of the monitoring board decide on a hold
[1]
$ event lift-hold --decision continue --hold 7 -k mona
trial-event: error: there is no such safety hold
[1]
$ event lift-hold --decision suspend -k mona
trial.lift
$ event lift-hold --decision suspend -k mona
trial-event: error: this member decided the same already
[1]
$ event lift-hold --decision suspend -k milo
trial.lift
$ event visit --subject ben --visit baseline --procedure blood -k dr-bob
trial-event: error: the monitoring board decided that the trial is suspended
[1]
$ event consent --site mercy -k rita
trial-event: error: the monitoring board decided that the trial is suspended
[1]
$ event adverse-event --subject ben --term Rash --grade 1 -k dr-bob
trial.adverse
$ for name in max mona; do event lift-hold --decision modify -k $name; done
trial.lift
trial.lift
$ event enroll --subject $dora -k mercy
trial-event: error: the trial is on safety hold 1: nobody is enrolled or randomised
trial-event: hint: the monitoring board decides: trial-event lift-hold --decision continue
[1]
$ event lift-hold --decision continue -k max
trial-event: error: the board decided already: modify
[1]
$ sed 's/pay: 2500/pay: 3000/' trial.yaml | sed 's/IRB-1, from.*}/IRB-2, from: 2023-11-14}/; s/IRB-S, from.*}/IRB-S2, from: 2023-11-30}/' | trial-amend PILL-1 - --irb IRB-2 --reason board -k mercy | jq -r .type
trial.amend
$ event enroll --subject $dora -k mercy
trial.enroll
$ mine --quiet | jq -r .type
block
$ verify-chain --format text | tail -1
sound

# A batch says which line is wrong, and does all or nothing.
$ { echo '{"subject":"ben","visit":"week-4"}'; echo '{"subject":"ben","visit":"week-44"}'; } | event visit --batch - -k dr-bob
trial-event: error: operation 1: version 2 of the protocol has no visit 'week-44'
[1]
$ { echo '{"subject":"ben","visit":"week-4"}'; echo '{"subject":"ben","visti":"week-8"}'; } | event visit --batch - -k dr-bob
trial-event: error: standard input, line 2: unknown key 'visti'
trial-event: hint: did you mean 'visit'?
[2]
$ echo '{"subject":"ben",' | event visit --batch - -k dr-bob
trial-event: error: standard input, line 1: line 1, column 18: syntax error while parsing object key - unexpected end of input; expected string literal
[1]
$ echo '[]' | event visit --batch - -k dr-bob
trial-event: error: standard input, line 1: not a JSON object
[2]
$ echo '{"subject":"ben","visit":true}' | event visit --batch - -k dr-bob
trial-event: error: standard input, line 1: 'visit' wants a text or a whole number
[2]
$ event visit --batch /dev/null -k dr-bob
trial-event: error: there is nothing in the batch
trial-event: hint: JSON lines whose keys are the options' names
[1]
$ event visit --subject ben --visit week-4 --procedure interview -k dr-bob
trial.visit

# A blinded trial says no arm; one that isn't randomised takes it at enrolment.
$ sed 's/PILL-1/PILL-2/; s/NCT00000001/NCT00000002/; s/masking: NONE/masking: DOUBLE/' trial.yaml | trial-register - -k mercy | jq -r .type
trial.register
$ sed 's/PILL-1/PILL-3/; s/NCT00000001/NCT00000003/; /^randomisation/d' trial.yaml | trial-register - -k mercy | jq -r .type
trial.register
$ mine --quiet | jq -r .type
block
$ trial-event consent --trial PILL-2 --site mercy -k ben | jq -r .type
trial.consent
$ trial-event enroll --trial PILL-2 --subject ben -k mercy | jq -r .type
trial.enroll
$ trial-event randomise --trial PILL-2 --subject ben --arm red -k mercy
trial-event: error: --arm would unblind the trial
[2]
$ trial-event randomise --trial PILL-2 --subject ben -k mercy | jq -c '.data | [.index, .arm]'
[0,null]
$ trial-event consent --trial PILL-3 --site mercy -k ben | jq -r .type
trial.consent
$ trial-event enroll --trial PILL-3 --subject ben --arm blue -k mercy
trial-event: error: there is no arm 'blue'
[1]
$ trial-event enroll --trial PILL-3 --subject ben --arm red -k mercy | jq -r .data.arm
red
$ trial-event randomise --trial PILL-3 --subject ben --schedule secret.yaml -k mercy
trial-event: error: 'secret.yaml' is not the schedule that was committed to
[1]
$ mine --quiet | jq -r .type
block

# 2 and 3.
$ trial-event visit --trial PILL-1 --subject ben -k mercy
trial-event: error: --visit is required for visit
[2]
$ trial-event visit --subject ben --visit week-4 -k mercy
trial-event: error: --trial is required for visit
[2]
$ trial-event adverse-event --trial PILL-1 --subject ben --term Rash --grade 6 -k mercy
trial-event: error: --grade: '6' is not a whole number from 1 to 5
[2]
$ trial-event adverse-event --trial PILL-1 --subject ben --term Rash --grade 1 --causality maybe -k mercy
trial-event: error: --causality: 'maybe' is none of unrelated,unlikely,possible,probable,definite,unknown
[2]
$ trial-event visit --trial PILL-1 --subject ben --visit week-4 --at tomorrow -k mercy
trial-event: error: --at: 'tomorrow' is not a time
trial-event: hint: write 2026-11-21, or 2026-11-21T07:45:00Z
[2]
$ trial-event report --trial PILL-1 --event 1234 -k mercy
trial-event: error: --event: '1234' is not the id of an event, TX.N in full
[2]
$ trial-event milestone --trial PILL-1 --milestone analysis-plan --document nowhere.txt -k mercy
trial-event: error: cannot open nowhere.txt: No such file or directory
[3]
$ trial-event visit --trial PILL-1 --subject ben --visit week-4 -k nobody
trial-event: error: there is no key 'nobody' in ~/../keys
trial-event: hint: keygen nobody
[3]
$ trial-event visit --trial PILL-1 --subject ben --visit week-4 -k mercy -L nowhere
trial-event: error: there is no ledger in 'nowhere'
trial-event: hint: carechain init-ledger --solo -L nowhere
[3]
