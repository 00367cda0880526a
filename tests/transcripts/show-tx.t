# What became of a transaction: pending is 3, sealed 0, dropped 1.
$ set -o pipefail
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
[3]
$ show-tx $tx --wait 1 --format text
identity.enroll  pending  13e7e20c50ec1229c9dd1746897905a1cf9a9b4a00ca17271ebbed4d8a127069.0
  time     2023-11-14T22:18:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
  account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  kind     professional
  roles    clinician
  name     dr-bob
[3]
$ mine --format text | head -1
block  sealed  1212833a1cc01f024ecd80af1f1f850c6d68e54d7323e4f3ed6d3d88a962a680
$ show-tx $tx | jq -c '{status, height, block}'
{"status":"sealed","height":1,"block":"1212833a1cc01f024ecd80af1f1f850c6d68e54d7323e4f3ed6d3d88a962a680"}
$ show-tx ${tx:0:8} --format text
identity.enroll  sealed  13e7e20c50ec1229c9dd1746897905a1cf9a9b4a00ca17271ebbed4d8a127069.0
  height   1
  block    1212833a1cc01f024ecd80af1f1f850c6d68e54d7323e4f3ed6d3d88a962a680
  time     2023-11-14T22:18:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
  account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  kind     professional
  roles    clinician
  name     dr-bob
$ show-tx $tx.0 | jq -c '{type, status, height}'
{"type":"identity.enroll","status":"sealed","height":1}

# A clinic enrols a nurse just before its own standing ends.
$ keygen clinic --format text
did:key:z6MkwcnDviTVx7z699ABarbMJb221qPDMwKfU7RmK5zcXKiz
$ enroll-identity clinic --role hospital --until 2023-11-14T22:30:50Z -k mercy | jq -r .status
pending
$ mine --format text | head -1
block  sealed  3a8b23cfc8935f6df973cad913edb4c40576522ce091bd5e9e333d701953706d
$ keygen nurse --format text
did:key:z6Mks3nRNxC9bcEweLCCkGvg41ccyqpSdTUdoHkaCNQjaNbJ
$ tx=$(enroll-identity nurse --role nurse -k clinic | jq -r .tx)
$ mine
mine: dropped 80f5872e4619f9c8: the enrolling organisation is suspended or its standing has ended
mine: error: everything that was pending was dropped
mine: hint: --empty seals a block all the same
[1]
$ show-tx $tx | jq -c '{status, reason}'
{"status":"dropped","reason":"the enrolling organisation is suspended or its standing has ended"}
[1]
$ show-tx $tx --wait 60 > /dev/null
[1]

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
