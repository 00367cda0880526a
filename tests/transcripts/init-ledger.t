# A ledger for one person to try things out.
$ init-ledger --solo -L demo --format text
init-ledger: made the key 'demo' in ~/../keys/demo.pem
ledger  sealed  4ceb2accdb22d07667ba7f04a161d32421de19342ee6a381289c678f74ea80a1
  height   0
  block    4ceb2accdb22d07667ba7f04a161d32421de19342ee6a381289c678f74ea80a1
  time     2023-11-14T22:14:20Z
  ledger   4ceb2accdb22d07667ba7f04a161d32421de19342ee6a381289c678f74ea80a1
  name     demo
  pin      0:4ceb2accdb22d07667ba7f04a161d32421de19342ee6a381289c678f74ea80a1
  members  demo
$ ls demo
blocks
genesis.yaml
index
lock
vault
$ cat demo/genesis.yaml
\# A ledger for one person to try things out: one organisation with every role, next to no work.
name: demo
sealers: [demo]
members:
  - name: demo
    key: demo
    roles: [registrar, hospital, laboratory, pharmacy, manufacturer, distributor, payer, sponsor]
consensus:
  spacing: 60
  half_life: 3600
  target: "0x207fffff"
$ init-ledger --solo -L demo
init-ledger: error: there is a ledger in 'demo' already
init-ledger: hint: choose another directory with -L
[1]
$ verify-chain -L demo --format text | tail -1
sound

# A consortium of two, from a constitution.
$ keygen mercy --format text
did:key:z6MkwgS6vtxPj47UcXirjype38FehAgmNj8VS1rjxHip4HVY
$ keygen stmary --format text
did:key:z6MknsqTe2zzaPyQVxUQeXUGebDT7VNvxDB4jDpG5EAmEAjm
$ cat > genesis.yaml <<'END'
> name: two hospitals
> sealers: [mercy, stmary]
> members:
>   - {name: mercy, key: mercy, roles: [registrar, hospital], npi: "1234567893"}
>   - {name: stmary, key: stmary, roles: [hospital], gln: "0300011111215"}
> consensus: {spacing: 60, target: "0x207fffff"}
> END
$ init-ledger -L consortium genesis.yaml | jq -c '{type, height, time, members: .data.members, pin: .data.pin}'
{"type":"ledger","height":0,"time":"2023-11-14T22:22:20Z","members":["mercy","stmary"],"pin":"0:e40c22ae4270bf4e930fe9e13edc714656ee1e1af3f0b434aa7986067ddf0b3a"}
$ list identities -L consortium --format text
name    kind          roles               account                                                   state
stmary  organisation  hospital            did:key:z6MknsqTe2zzaPyQVxUQeXUGebDT7VNvxDB4jDpG5EAmEAjm  in force
mercy   organisation  registrar hospital  did:key:z6MkwgS6vtxPj47UcXirjype38FehAgmNj8VS1rjxHip4HVY  in force
$ mine -L consortium
mine: error: the sealer's key is missing
mine: hint: mine -k NAME
[2]

# What a constitution gets wrong is named with its line and column.
$ sed 's/1234567893/1234567890/' genesis.yaml > wrong.yaml
$ init-ledger -L wrong wrong.yaml
init-ledger: error: wrong.yaml:4:66: '1234567890' is not an NPI (ten digits, the last a check digit)
[1]
$ sed 's/spacing: 60/spacing: -60/' genesis.yaml > wrong.yaml
$ init-ledger -L wrong wrong.yaml
init-ledger: error: wrong.yaml:6:22: expected a whole number from 1 to 1073741824
[1]
$ sed 's/^sealers/saelers/' genesis.yaml > wrong.yaml
$ init-ledger -L wrong wrong.yaml
init-ledger: error: wrong.yaml:2:1: unknown key 'saelers' (did you mean 'sealers'?)
[1]
$ sed 's/key: stmary/key: stmarry/' genesis.yaml > wrong.yaml
$ init-ledger -L wrong wrong.yaml
init-ledger: error: wrong.yaml:5:25: there is no key 'stmarry' in ~/../keys
init-ledger: hint: did you mean stmary?
[1]
$ echo 'name: [' > wrong.yaml
$ init-ledger -L wrong wrong.yaml
init-ledger: error: wrong.yaml:2:1: end of sequence flow not found
[1]
$ ls wrong
ls: cannot access 'wrong': No such file or directory
[2]

# What can't be.
$ init-ledger -L wrong
init-ledger: error: the constitution is missing
init-ledger: hint: init-ledger -L demo genesis.yaml, or init-ledger --solo -L demo
[2]
$ init-ledger --solo
init-ledger: error: --ledger is required
init-ledger: hint: give --ledger, or set CARECHAIN_LEDGER
[2]
$ init-ledger -L wrong --solo genesis.yaml
init-ledger: error: --solo needs no constitution
init-ledger: hint: init-ledger -L demo genesis.yaml, or init-ledger --solo -L demo
[2]
$ init-ledger -L wrong nowhere.yaml
init-ledger: error: cannot open nowhere.yaml: No such file or directory
[3]
$ touch file
$ init-ledger --solo -L file/demo
init-ledger: error: cannot create the directory file: File exists
[3]
