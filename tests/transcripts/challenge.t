# Where the constitution demands it, a request answers the custodian's challenge: fresh, its own, once.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ for name in mercy other alice dr-bob; do keygen $name --quiet --format text > $name.did; done
$ cat > mercy.yaml <<END
> name: mercy
> members:
>   - {name: mercy, key: mercy, roles: [registrar, hospital]}
>   - {name: other, key: other, roles: [hospital]}
> sealers: [mercy]
> consensus: {spacing: 60, target: "0x207fffff"}
> privacy: {challenge_seconds: 200}
> END
$ init-ledger -L mercy mercy.yaml --format text | head -1
ledger  sealed  b32cf4cf9286b2d86d22926a5d32bea9a13acdb492a256ec92788f6ab4137921
$ put-record --patient alice -k mercy $EXAMPLES/bundle.json | jq -r .id > record
$ mine -k mercy --format text | head -1
block  sealed  77ecfb51a125a00a18ead8563f868d633397cd56ed3baa46d7506606ac5a19c9
$ grant --to dr-bob --scope 'patient/*.rs' -k alice | jq -r .type
access.grant
$ mine -k mercy --format text | head -1
block  sealed  4af5d42da323375cb3c6582f87e99d7684f63fa0949d8a6dbebd3fef5aacab84

# The pipeline over three trust zones.
$ release-record --challenge -k mercy | request-access --challenge - $(cat record) -k dr-bob | release-record -k mercy | open-record -k dr-bob | cmp - $EXAMPLES/bundle.json && echo the same
the same

# Not without one, not twice, not late, not somebody else's.
$ request-access $(cat record) -k dr-bob
request-access: error: this ledger demands that a request answers a challenge of mercy (did:key:z6MkwKtf2xLxpwPNDMZmWkZFJfpKjnA8iuace7bbVEoFnCiY)
request-access: hint: release-record --challenge -k CUSTODIAN | request-access --challenge - …
[1]
$ release-record --challenge -k mercy > challenge
$ jq -c '[.type, (.data | keys)]' challenge
["access.challenge",["custodian","expires","nonce"]]
$ request-access --challenge challenge $(cat record) -k dr-bob | release-record -k mercy | jq -cR 'fromjson? | [.data.decision, .reason]'
["permit",null]
$ request-access --challenge challenge $(cat record) -k dr-bob | release-record -k mercy --quiet | jq -c '[.data.decision, .data.reason]'
["deny","used-challenge"]
[1]
$ release-record --challenge -k mercy > challenge
$ : one minute
$ : two
$ : three
$ request-access --challenge challenge $(cat record) -k dr-bob | release-record -k mercy --quiet | jq -c '[.data.decision, .data.reason]'
["deny","stale-challenge"]
[1]
$ release-record --challenge -k other | request-access --challenge - $(cat record) -k dr-bob
request-access: error: this ledger demands that a request answers a challenge of mercy (did:key:z6MkwKtf2xLxpwPNDMZmWkZFJfpKjnA8iuace7bbVEoFnCiY)
request-access: hint: release-record --challenge -k CUSTODIAN | request-access --challenge - …
[1]
$ mine -k mercy --format text | head -1
block  sealed  0172a625119e5f24c869e670b5f87beb91292a93470450da8b5329244c7e09c0
$ access-log --custodian mercy --format text | cut -c 1-50
when                  decision  why              w
2023-11-14T22:23:20Z  permit    granted          d
2023-11-14T22:27:20Z  permit    granted          d
2023-11-14T22:28:20Z  deny      used-challenge   d
2023-11-14T22:33:20Z  deny      stale-challenge  d
$ verify-chain --format text | tail -1
sound

# 1, 2 and 3.
$ release-record --challenge -k dr-bob
release-record: error: the key did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL is not that of an enrolled custodian
[1]
$ request-access --challenge /dev/null $(cat record) -k dr-bob
request-access: error: there is no challenge in '/dev/null'
request-access: hint: release-record --challenge
[1]
$ request-access --challenge nowhere $(cat record) -k dr-bob
request-access: error: cannot open nowhere: No such file or directory
[3]
