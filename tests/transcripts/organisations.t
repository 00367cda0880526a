# Grants to an organisation and to a role at one: there is no list of readers.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice bob carl eve; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkpqWqvWXSYKFPrF8kWCwoMrvS6azevG4hoZjE83LcXUed
did:key:z6MkmJUdjxWBuX4E7noGZJjgRmAGsNNvFEkHpHHvRbXcswTR
did:key:z6Mkoj75PjQ8jhfaAarqD8GxCz2M7md3QYy4MyGvQ3WN2F67
$ enroll-identity bob --role nurse -k mercy | jq -r .type
identity.enroll
$ enroll-identity carl --role accountant --until 2023-11-14T23:00:00Z -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - > put
$ record=$(jq -r .id put)
$ grant --to nurse@mercy --scope 'patient/Observation.rs' -k alice | jq -c .data
{"provisions":[{"effect":"permit","actors":[{"account":"did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL","role":"nurse"}],"types":["Observation"],"purposes":["TREAT"],"provisions":[]}]}
$ mine --format text | head -1
block  sealed  6721ff4775071dbc22b20fde7b2fa93433fe11b77292ca5271da3a124cb29e87
$ list grants --format text
grant         to           what         purposes  until  state
37c4290ac8f5  nurse@mercy  Observation  TREAT         -  in force
$ read_as() { request-access $2 -k $1 | release-record -k mercy --quiet | open-record -k $1; }
$ read_as bob $record
{"resourceType":"Observation"}
$ read_as carl $record
open-record: error: record f8f14809b1705c29 was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6MkmJUdjxWBuX4E7noGZJjgRmAGsNNvFEkHpHHvRbXcswTR --record f8f14809b1705c299e014932cf44e49d90a88882bbef8b3ea63814fd28707ea6.0 --purpose TREAT
[1]
$ read_as eve $record
open-record: error: record f8f14809b1705c29 was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6Mkoj75PjQ8jhfaAarqD8GxCz2M7md3QYy4MyGvQ3WN2F67 --record f8f14809b1705c299e014932cf44e49d90a88882bbef8b3ea63814fd28707ea6.0 --purpose TREAT
[1]

# The whole organisation; also for records to come.
$ grant --to mercy --scope 'patient/*.rs' --until 2024-01-01 -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  059a06ca353b50ebb65c52401bd1de77a38b8c569c98477417171fe77af2b817
$ echo '{"resourceType":"Condition"}' | put-record --patient alice -k mercy - | jq -r .id > later
$ mine --format text | head -1
block  sealed  209c8d8be47536d1213113a275a9535f88c4ab80d63daea97c869ba2b8f6b2e4
$ read_as carl $record
{"resourceType":"Observation"}
$ read_as carl $(cat later)
{"resourceType":"Condition"}
$ read_as mercy $(cat later)
{"resourceType":"Condition"}
$ read_as eve $(cat later)
open-record: error: record 0285ed01858d4ec9 was refused: the patient has granted nothing to the requester
open-record: hint: the patient can allow it: grant --to did:key:z6Mkoj75PjQ8jhfaAarqD8GxCz2M7md3QYy4MyGvQ3WN2F67 --record 0285ed01858d4ec92b10b4b8494edfd0f590f41ef9b0df2cb4464355dc0c0161.0 --purpose TREAT
[1]

# A suspended member reads nothing, from the moment it is pending; restored, it does again.
$ enroll-identity bob --suspend -k mercy | jq -r .type
identity.suspend
$ read_as bob $record
open-record: error: record f8f14809b1705c29 was refused: the requester is suspended or its standing has ended
[1]
$ mine --format text | head -1
block  sealed  4c665b4ac968c03d2186c5bc90d9dde8c78d514bc9db2e8e8a569002b737aa02
$ read_as bob $record
open-record: error: record f8f14809b1705c29 was refused: the requester is suspended or its standing has ended
[1]
$ enroll-identity bob --restore -k mercy | jq -r .type
identity.suspend
$ mine --format text | head -1
block  sealed  8df65399e6499059fd19f5b95600053a9d992390b692ca87a514ee99ea3d8f1c
$ read_as bob $record
{"resourceType":"Observation"}

# A credential that has run out.
$ explain-access --as carl --record $record --at 2023-11-14T23:00:00Z | jq -r .data.reason
granted
$ explain-access --as carl --record $record --at 2023-11-14T23:00:01Z | jq -r .data.reason
suspended
[1]
$ revoke --from mercy -k alice | jq -r .type
access.revoke
$ read_as carl $record
open-record: error: record f8f14809b1705c29 was refused: the patient has revoked the grant
[1]
$ grant --to nurse@bob --scope 'patient/*.rs' -k alice
grant: error: 'bob' is not an organisation of this ledger: only those have roles
grant: hint: list identities shows them
[1]
$ grant --to nurse@mercyy --scope 'patient/*.rs' -k alice
grant: error: there is nobody called 'mercyy': neither on the ledger nor among the key files
grant: hint: did you mean 'mercy'?
[1]
$ mine --format text | head -1
block  sealed  2827f0f902f261068f8dc0d5b8acbc6bde31b1d2ea9ae48cb4a92ff096f4c41b
$ verify-chain --format text | tail -1
sound
$ access-log --unfounded
