# What has to be kept, and what is held, is not erased; and records stay where their law lets them.
$ set -o pipefail
$ export CARECHAIN_LEDGER=two
$ for name in mercy overseas court alice dr-bob dr-far; do keygen $name --quiet --format text > $name.did; done
$ cat > two.yaml <<END
> name: two
> members:
>   - {name: mercy, key: mercy, roles: [registrar, hospital], jurisdiction: EU}
>   - {name: overseas, key: overseas, roles: [hospital], jurisdiction: US}
> sealers: [mercy]
> consensus: {spacing: 60, target: "0x207fffff"}
> privacy:
>   jurisdictions:
>     - {code: EU, within: [EU, CH]}
>     - {code: US}
>   retention:
>     - {class: research, years: 25, basis: "EU CTR 536/2014 article 58", jurisdiction: EU}
>     - {class: none, years: 0, basis: kept for no longer than the care lasts}
>   holds: [court]
> END
$ init-ledger -L two two.yaml --format text | head -1
ledger  sealed  06bce013a97151237b027c67cb16cd442fb135c4da27c68a3dd0344940cc2fd7
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ enroll-identity dr-far --role clinician -k overseas | jq -r .type
identity.enroll
$ mine -k mercy --format text | head -1
block  sealed  0e474216d9c18ab1c7430b9e70ba175d649e8b2d521a1f7c6697d8560ecd2e0a

# Storing: a class is needed, and the right place.
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json
put-record: error: the record needs a retention class
put-record: hint: --retention research or none
[2]
$ put-record --patient alice --retention unknown -k mercy $EXAMPLES/bundle.json
put-record: error: 'unknown' is not among the constitution's retention classes
[1]
$ put-record --patient alice --retention none --jurisdiction US -k mercy $EXAMPLES/bundle.json
put-record: error: a record under the law of US may be kept in US only; this custodian is in EU
[1]
$ mkdir over
$ cp -r two/blocks over
$ put-record --patient alice --retention research -k overseas -L over $EXAMPLES/bundle.json
put-record: error: the retention class research is for records under the law of EU
[1]
$ put-record --patient alice --retention research --jurisdiction EU -k overseas -L over $EXAMPLES/bundle.json
put-record: error: a record under the law of EU may be kept in EU, CH only; this custodian is in US
[1]
$ find two/vault -type f | grep -c -e capsules/ -e objects/ -e incoming/
0
[1]
$ put-record --patient alice --retention none -k mercy $EXAMPLES/bundle.json | jq -r .id > record
$ echo trial | put-record --patient alice --retention research -k mercy - | jq -r .id > trial
$ mine -k mercy --format text | head -1
block  sealed  4565e91dce7366d2a26efa6feb71db5037bce5a5aacd1086eb4acf22fcbc2e96
$ list records | jq -c '.data | [.jurisdiction, .retention, .keep_until]'
["EU","research","2048-11-14T22:32:20Z"]
["EU","none","2023-11-14T22:32:20Z"]

# Releasing: not to where its law does not let it go.
$ grant --to dr-far --record $(cat record) -k alice | jq -r .type
access.grant
$ grant --to dr-bob --record $(cat record) -k alice | jq -r .type
access.grant
$ mine -k mercy --format text | head -1
block  sealed  660fdeeb2ed92729e27d4f22cd58a48d5c9b951a6fbf4dd0d62588e60a44e526
$ request-access $(cat record) -k dr-far | release-record -k mercy | open-record -k dr-far
release-record: a010604ca745d18e: the law it is under does not let it go to where the requester is
open-record: error: record a010604ca745d18e was refused: the law it is under does not let it go to where the requester is
[1]
$ request-access $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same

# Erasing: not before its time, not under a hold.
$ erase-key --patient alice -k mercy
erase-key: error: it has to be kept until 2048-11-14T22:32:20Z (retention class research: EU CTR 536/2014 article 58)
[1]
$ erase-key --record $(cat trial) -k mercy
erase-key: error: it has to be kept until 2048-11-14T22:32:20Z (retention class research: EU CTR 536/2014 article 58)
[1]
$ legal-hold --record $(cat record) --basis litigation --until 2023-12-31 -k mercy
legal-hold: error: only accounts that the constitution names may set or lift legal holds
[1]
$ legal-hold --record $(cat record) --basis litigation --until 2023-12-31 -k court | jq -r .id > hold
$ erase-key --record $(cat record) -k mercy
erase-key: error: a legal hold is in force (litigation, until 2023-12-31T23:59:59Z): 93a7977a6dbe2d923fd8b41fa0815392214861025999baf9fc7f9927fdd8fc35.0
erase-key: hint: whoever may set holds can lift it: legal-hold --lift 93a7977a6dbe
[1]
$ mine -k mercy --format text | head -1
block  sealed  090ad93f766e442a043e0d621a11d7bf6800ab5147ec30cddc76f3dd0429aeea
$ erase-key --record $(cat record) -k alice
erase-key: error: a legal hold is in force (litigation, until 2023-12-31T23:59:59Z): 93a7977a6dbe2d923fd8b41fa0815392214861025999baf9fc7f9927fdd8fc35.0
erase-key: hint: whoever may set holds can lift it: legal-hold --lift 93a7977a6dbe
[1]
$ verify-chain --format text | tail -2
legal hold  93a7977a6dbe2d923fd8b41fa0815392214861025999baf9fc7f9927fdd8fc35.0, litigation, until 2023-12-31T23:59:59Z
sound
$ verify-chain | jq -c '.data.holds[] | [.basis, .until]'
["litigation","2023-12-31T23:59:59Z"]
$ list holds --format text
hold          by                     what          basis       until                 state
93a7977a6dbe  did:key:z6Mkgcc6VSrm…  a010604ca745  litigation  2023-12-31T23:59:59Z  in force
$ legal-hold --lift $(cat hold) -k court | jq -r .type
legal.lift
$ legal-hold --lift $(cat hold) -k court
legal-hold: error: it was lifted already, at block 5
[1]
$ erase-key --record $(cat record) -k mercy | jq -r .status
erase-key: the keys still exist: give the same command again once the order is sealed
pending
$ mine -k mercy --format text | head -1
block  sealed  2890f2be3721160370d5ea7b1136cecb6bac36d710ca06a31354a49804269655

# A hold between the order and the deed stops the deed.
$ legal-hold --patient alice --custodian mercy --basis investigation -k court | jq -r .id > hold
$ erase-key --record $(cat record) -k mercy
erase-key: error: a legal hold came before the keys were destroyed (investigation, until it is lifted): 6645081c0ae60f8f4700b7ac89abbc86d9f555bd3c0b6a2e010be29fa9963b42.0
erase-key: hint: nothing was destroyed, and nothing is released meanwhile
[1]
$ legal-hold --lift $(cat hold) -k court | jq -r .type
legal.lift
$ erase-key --record $(cat record) -k mercy --format text | head -1
CERTIFICATE OF ERASURE: COMPLETE
$ mine -k mercy --format text | head -1
block  sealed  4cbe23f034f133dfdb4902a7cb3f97bb55b0613ed1ed8144acb64ee62b8ad680
$ legal-hold --record $(cat record) --basis litigation -k court
legal-hold: error: the record's keys are destroyed already
[1]
$ verify-chain --vault --format text | tail -2
erased      adfd15a3ac176f0073fdb74581fd3a7c11cd095dd53465e2f4bedd6e6519a475.0, certificate in order
sound

# 1, 2 and 3.
$ legal-hold --record $(cat trial) --basis 'Mr Smith' -k court
legal-hold: error: 'Mr Smith' is not a word for why: lower-case letters and hyphens, at most 32
[1]
$ legal-hold --patient alice --basis audit -k court
legal-hold: error: a patient has another account at each custodian
legal-hold: hint: --custodian WHO, or her did:key there
[2]
$ legal-hold --basis audit -k court
legal-hold: error: a hold is about a patient or a record
legal-hold: hint: --patient WHO, or --record ID
[2]
$ legal-hold --lift $(cat hold) --basis audit -k court
legal-hold: error: --lift takes nothing else: the hold says what it is about
[2]
$ legal-hold --record $(cat trial) --basis audit -k nobody
legal-hold: error: there is no key 'nobody' in ~/../keys
legal-hold: hint: keygen nobody
[3]
$ legal-hold --lift $(cat hold) -k court -L nowhere
legal-hold: error: there is no ledger in 'nowhere'
legal-hold: hint: carechain init-ledger --solo -L nowhere
[3]
