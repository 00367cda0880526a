# What became of a transaction: pending is 3, sealed 0, dropped 1.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ enroll-identity dr-bob --role clinician -k mercy > enrolment
$ tx=$(jq -r .tx enrolment)
$ show-tx $tx | jq -c '{status, height}'
{"status":"pending","height":null}
$ show-tx $tx --wait 1 --format text
identity.enroll  pending  3fb81be15a7753561bb8afbabe957a93e401a7c798f95e722da04a4ef105f5c3.0
  time     2023-11-14T22:17:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  kind     professional
  roles    clinician
  name     dr-bob
[3]
$ mine --format text | head -1
block  sealed  299151318940fbd3a17871e51394e2c56edb0c7f948338865d0a8084280e8813
$ show-tx $tx | jq -c '{status, height, block}'
{"status":"sealed","height":1,"block":"299151318940fbd3a17871e51394e2c56edb0c7f948338865d0a8084280e8813"}
$ show-tx ${tx:0:8} --format text
identity.enroll  sealed  3fb81be15a7753561bb8afbabe957a93e401a7c798f95e722da04a4ef105f5c3.0
  height   1
  block    299151318940fbd3a17871e51394e2c56edb0c7f948338865d0a8084280e8813
  time     2023-11-14T22:17:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  kind     professional
  roles    clinician
  name     dr-bob
$ show-tx $tx.0 | jq -c '{type, status, height}'
{"type":"identity.enroll","status":"sealed","height":1}

# A clinic enrols a nurse just before its own standing ends.
$ keygen clinic --format text
$ enroll-identity clinic --role hospital --until 2023-11-14T22:28:00Z -k mercy | jq -r .status
$ mine --format text | head -1
$ keygen nurse --format text
$ tx=$(enroll-identity nurse --role nurse -k clinic | jq -r .tx)
$ mine
$ show-tx $tx | jq -c '{status, reason}'
$ show-tx $tx --wait 60 > /dev/null

# 1: there is none. 2 and 3.
$ show-tx 00000000
show-tx: error: there is no transaction '00000000' on this ledger
show-tx: hint: show-chain --transactions lists them
[1]
$ show-tx 1234
show-tx: error: '1234' is not the id of a transaction: 64 hex digits, or at least the first 8
[2]
$ show-tx
show-tx: error: id is required
show-tx: hint: see show-tx --help
[2]
$ show-tx $tx -L nowhere
show-tx: error: there is no ledger in 'nowhere'
show-tx: hint: carechain init-ledger --solo -L nowhere
[3]
