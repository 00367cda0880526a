# A FHIR Consent is the policy. HL7's own examples, each taken or refused by the name of what stands in the way.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob nurse; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
did:key:z6MkgLjXqQRT8UyGLknNkYEK5Y2xVHdBQn4kLSaYseJKPR7Q
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ enroll-identity nurse --role nurse -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ mine --format text | head -1
block  sealed  35e0f6e6cf6c3f7be2ab54f6ef3cd7920022eab754c43f3cfa1c1c6ceb92a650

# Criteria in a root provision without a type are read both ways by the examples themselves, so the signer says which.
$ grant --consent $EXAMPLES/consents/Consent-consent-example-Out.json --actor Organization/f001=mercy -k alice
grant: error: $EXAMPLES/consents/Consent-consent-example-Out.json: Consent.provision: it has criteria and no type: they may limit where the base rule holds, or be an exception to it
grant: hint: --root base or --root exception says which is meant
[1]
$ grant --consent $EXAMPLES/consents/Consent-consent-example-Out.json --actor Organization/f001=mercy --root base -k alice | tee out | jq -c .data
{"base":"deny","provisions":[]}
$ grant --consent $EXAMPLES/consents/Consent-consent-example-notAuthor.json --actor Organization/f001=mercy --root exception -k alice --offline | jq -c .data
grant: $EXAMPLES/consents/Consent-consent-example-notAuthor.json: provision.actor: granted at the custodians it names; elsewhere it says nothing
{"base":"permit","provisions":[{"effect":"deny","provisions":[]}]}
$ grant --consent $EXAMPLES/consents/Consent-consent-example-notThem.json --actor Practitioner/f204=nurse --root exception -k alice | tee not-them | jq -c .data
{"base":"permit","provisions":[{"effect":"deny","actors":[{"account":"did:key:z6MkgLjXqQRT8UyGLknNkYEK5Y2xVHdBQn4kLSaYseJKPR7Q"}],"actions":["access","correct"],"provisions":[]}]}
$ grant --consent $EXAMPLES/consents/Consent-consent-example-grantor.json --actor Organization/f001=mercy --actor Patient/example=dr-bob --root exception -k alice --offline | jq -c .data
grant: $EXAMPLES/consents/Consent-consent-example-grantor.json: provision.actor: granted at the custodians it names; elsewhere it says nothing
{"base":"deny","provisions":[{"effect":"permit","actors":[{"account":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL"}],"actions":["access"],"provisions":[]}]}
$ grant --consent $EXAMPLES/consents/Consent-consent-example-Emergency.json --actor Organization/f001=mercy --root exception -k alice
grant: error: $EXAMPLES/consents/Consent-consent-example-Emergency.json: Consent.provision.provision[0]: it takes back all of the provision around it: the document contradicts itself
[1]
$ grant --consent $EXAMPLES/consents/Consent-consent-example-pkb.json --actor Organization/f001=mercy --root exception -k alice
grant: error: $EXAMPLES/consents/Consent-consent-example-pkb.json: Consent.provision.provision[0].type: it is missing; FHIR R4 requires permit or deny in nested provisions
[1]
$ grant --consent $EXAMPLES/consents/Consent-consent-example-signature.json --actor Practitioner/13=dr-bob --actor Practitioner/xcda-author=mercy --root base -k alice
grant: error: $EXAMPLES/consents/Consent-consent-example-signature.json: Consent.provision.provision[0].actor[0].role: 'AUT': the chain knows who receives a record (IRCP, PRCP) and who keeps it (CST)
[1]
$ grant --consent $EXAMPLES/consents/Consent-consent-example-notThem.json --root exception -k alice
grant: error: $EXAMPLES/consents/Consent-consent-example-notThem.json: Consent.provision.actor[0].reference: 'Practitioner/f204' is nobody on this ledger
grant: hint: --actor Practitioner/f204=WHO says who that is
[1]
$ mine --format text | head -1
block  sealed  4efa9040652bec91b53269b7acb03d550c2dcfdca57133702366e68dedc1b752

# What denies overrides: the opt-out closes everything, the other opens it to all but one.
$ explain-access --as dr-bob --record $record | jq -c '[.reason, .data.decision, .data.path]'
["a rule of the patient forbids it","deny","base"]
[1]
$ revoke $(jq -r .id out) -k alice | jq -r .type
access.revoke
$ mine --format text | head -1
block  sealed  0b0785cf231bcbdf10eadb9c97798364f1cd6b7dc75bc84c80a737db58eb5ea4
$ explain-access --as dr-bob --record $record | jq -c '[.reason, .data.decision, .data.path]'
["a grant of the patient covers it","permit","base"]
$ explain-access --as nurse --record $record | jq -c '[.reason, .data.decision, .data.path]'
["a rule of the patient forbids it","deny","provisions[0]"]
[1]
$ request-access $record -k dr-bob | release-record -k mercy | open-record -k dr-bob
{"resourceType":"Observation"}
$ request-access $record -k nurse | release-record -k mercy --quiet | open-record -k nurse
open-record: error: record f8f14809b1705c29 was refused: a rule of the patient forbids it
[1]

# A document of one's own, with exceptions in exceptions. Names and text stay here.
$ cat > consent.json <<'END'
> {"resourceType": "Consent", "status": "active",
>  "scope": {"coding": [{"code": "patient-privacy"}]}, "category": [{"text": "for Dr Bob, about my leg"}],
>  "patient": {"reference": "Patient/1", "display": "Alice Doe"},
>  "policyRule": {"coding": [{"code": "OPTOUT"}]},
>  "provision": {"provision": [{"type": "permit",
>    "period": {"start": "2023-01-01", "end": "2024-12-31"},
>    "actor": [{"role": {"coding": [{"code": "IRCP"}]}, "reference": {"reference": "Practitioner/bob"}}],
>    "purpose": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"}],
>    "class": [{"system": "http://hl7.org/fhir/resource-types", "code": "Observation"}],
>    "provision": [{"type": "deny", "securityLabel": [{"code": "PSY"}]},
>                  {"type": "deny", "code": [{"coding": [{"system": "http://loinc.org", "code": "75626-2"}]}]}]}]}}
> END
$ grant --consent consent.json --actor Practitioner/bob=dr-bob -k alice --format text | tail -n +5
  base                                deny
  provisions[0].effect                permit
  provisions[0].actors[0].account     did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  provisions[0].types                 Observation
  provisions[0].purposes              TREAT
  provisions[0].from                  2023-01-01T00:00:00Z
  provisions[0].until                 2024-12-31T23:59:59Z
  provisions[0].provisions[0].effect  deny
  provisions[0].provisions[0].labels  PSY
  provisions[0].provisions[1].effect  deny
  provisions[0].provisions[1].codes   http://loinc.org|75626-2
$ grep -c 'Alice\|my leg' mercy/pending.log
0
[1]
$ sed 's/"status": "active"/"status": "draft"/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice
grant: error: stdin: Consent.status: it is 'draft': only an active consent is a rule
grant: hint: revoke ends one that was granted
[1]
$ sed 's/"code": "OPTOUT"/"code": "STRICT"/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice
grant: error: stdin: Consent.policyRule: 'STRICT' is not known; OPTIN and OPTOUT are
[1]
$ sed 's/"code": "IRCP"/"code": "AUT"/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice
grant: error: stdin: Consent.provision.provision[0].actor[0].role: 'AUT': the chain knows who receives a record (IRCP, PRCP) and who keeps it (CST)
[1]
$ sed 's/"securityLabel": \[{"code": "PSY"}\]/"securityLabel": [{"display": "my psychiatrist"}]/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice
grant: error: stdin: Consent.provision.provision[0].provision[0].securityLabel: it has no code, and text does not go on the chain
[1]
$ sed 's/"purpose"/"weather"/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice
grant: error: stdin: Consent.provision.provision[0].weather: a rule on the chain can't express this element
[1]
$ sed 's/"code": "TREAT"/"code": "CURING"/' consent.json | grant --consent - --actor Practitioner/bob=dr-bob -k alice --offline | jq -r .status
grant: -: provision.provision[0].purpose: 'CURING' is not known; it fits where it forbids, not where it permits
pending

# 2 and 3.
$ grant --consent consent.json --to dr-bob -k alice
grant: error: --consent says all that the other options would
grant: hint: leave --to, --record, --scope and the like out
[2]
$ grant --consent consent.json --actor bob -k alice
grant: error: 'bob' is not REFERENCE=WHO
grant: hint: --actor Organization/f001=mercy
[2]
$ grant --consent nowhere.json -k alice
grant: error: cannot open nowhere.json: No such file or directory
[3]
