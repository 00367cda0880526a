# Who may seal is changed by the quorum that the constitution names: here both of two hospitals.
$ export CARECHAIN_LEDGER=ledger
$ for name in mercy st-mary clinic; do keygen $name --quiet --format text; done
did:key:z6MkwKtf2xLxpwPNDMZmWkZFJfpKjnA8iuace7bbVEoFnCiY
did:key:z6MkfJHrG8JLbCfw4SQM43tAyxmHX4Z4R3tRDXsEo1YfiVtr
did:key:z6MkjM98bbKQK4ihLCmezmivBp8CcdALThFsVQeb8iFmRtiS
$ cat > genesis.yaml <<'END'
> name: two hospitals
> sealers: [mercy]
> members:
>   - {name: mercy, key: mercy, roles: [registrar, hospital]}
>   - {name: st-mary, key: st-mary, roles: [hospital]}
> quorum: {needed: 2, of: [mercy, st-mary]}
> consensus: {spacing: 60, target: "0x207fffff"}
> END
$ init-ledger genesis.yaml --quiet | jq -r .type
ledger
$ mine -k st-mary --empty
mine: error: did:key:z6MkfJHrG8JLbCfw4SQM43tAyxmHX4Z4R3tRDXsEo1YfiVtr may not seal on this ledger
mine: hint: list identities --sealers shows who may
[1]

# Each signs exactly the same change; it holds from the height it names.
$ govern-ledger --admit st-mary --from 3 -k mercy | jq -c '{type, status, data}'
{"type":"ledger.sealer","status":"pending","data":{"key":"did:key:z6MkfJHrG8JLbCfw4SQM43tAyxmHX4Z4R3tRDXsEo1YfiVtr","from":"3","remove":false}}
$ mine -k mercy --format text | head -1
block  sealed  30e60ebff37967282264fc0806529d596d8d664f9672ba0efd13175dbad24d22
$ list identities --sealers | jq -r .data.name
mercy
$ govern-ledger --admit st-mary --from 3 -k mercy
govern-ledger: error: this account has signed that already
[1]
$ govern-ledger --admit st-mary --from 3 -k st-mary | jq -r .status
pending
$ mine -k mercy --format text | head -1
block  sealed  71ae95f86d4f89e426cf740a920b42b3ad346928ffa419ee4cff280c917eeca8
$ mine -k st-mary --empty --format text | head -1
block  sealed  100607fe41fc7ff7a2acfee11d68d6e1c2c0e3535c82d212d7d0fcb962f010ad
$ list identities --sealers | jq -r .data.name | sort
mercy
st-mary
$ verify-chain --format text | tail -1
sound

# 1: not of the quorum, or too late.
$ govern-ledger --admit clinic --from 9 -k clinic
govern-ledger: error: only accounts of the constitution's quorum may sign this
[1]
$ govern-ledger --remove mercy --from 2 -k mercy
govern-ledger: error: a change of sealers begins at a later height than its vote
[1]
$ govern-ledger --admit clinc --from 9 -k mercy
govern-ledger: error: there is nobody called 'clinc': neither on the ledger nor among the key files
govern-ledger: hint: did you mean 'clinic'?
[1]

# 2 and 3.
$ govern-ledger --from 9 -k mercy
govern-ledger: error: one of --admit, --remove and --rules is needed
[2]
$ govern-ledger --admit clinic -k mercy
govern-ledger: error: --from is required
govern-ledger: hint: see govern-ledger --help
[2]
$ govern-ledger --admit clinic --from 9 -k mecry
govern-ledger: error: there is no key 'mecry' in ~/../keys
govern-ledger: hint: did you mean mercy?
[3]
$ govern-ledger --admit clinic --from 9 -k mercy -L nowhere
govern-ledger: error: there is no ledger in 'nowhere'
govern-ledger: hint: carechain init-ledger --solo -L nowhere
[3]
