# What plans decide to pay is instructed by who owes it: signed, once, and for no other amount.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --quiet | jq -r .type
key
$ keygen eve --quiet | jq -r .type
key
$ printf 'payer: mercy\nmembers: {Patient/alice: alice}\n' > names.yaml
$ deploy-contract $EXAMPLES/../contracts/example-ppo.yaml -k mercy | jq -r .type
contract.deploy
$ register-provider --npi 1234567893 --set 'name=Bob Healer' --set taxonomy.1=207Q00000X --set network.example-network=in -k mercy | jq -r .type
provider.register
$ enroll-coverage alice --plan example-ppo --from 2023-01-01 -k mercy | jq -r .type
coverage.enroll
$ mine | jq -r .type
block
$ submit-claim "$EXAMPLES/claims.ndjson" --map names.yaml -k mercy | mine - | jq -r .status
sealed
$ list effects | jq -c '[.data.kind, .data.amount, .data.currency]'
["pay","6000","USD"]
$ effect=$(list effects --open | jq -r .id)

# Not by somebody else, not what asks for no payment, not what isn't there.
$ instruct-payment $effect -k eve
instruct-payment: error: only who owes the payment instructs it
[1]
$ list effects | instruct-payment - -k eve
instruct-payment: nothing is owed that was not instructed
$ instruct-payment 00000000 -k mercy
instruct-payment: error: there is no effect 00000000
instruct-payment: hint: list effects
[1]
$ echo hello | instruct-payment - -k mercy
instruct-payment: error: line 1: this is not JSON
instruct-payment: hint: give lines as list effects prints them
[1]
$ instruct-payment -k mercy
instruct-payment: error: effect is required
instruct-payment: hint: see instruct-payment --help
[2]
$ instruct-payment $effect -k mercy -L nowhere
instruct-payment: error: there is no ledger in 'nowhere'
instruct-payment: hint: carechain init-ledger --solo -L nowhere
[3]

# By the payer, once. The transaction is the instruction.
$ list effects | instruct-payment - -k mercy | jq -c '[.type, .status, .data.amount, .data.currency]'
["effect.instruct","pending","6000","USD"]
$ list effects --open | wc -l
0
$ mine | jq -r .status
sealed
$ instruct-payment ${effect:0:12} -k mercy
instruct-payment: error: it was instructed already, at block 3
[1]
$ list effects | instruct-payment - -k mercy
instruct-payment: nothing is owed that was not instructed
$ show-chain --transactions --from 3 | jq -c '[.type, .data.amount]'
["effect.instruct","6000"]

# A claim that is taken back afterwards is asked back by who got the money.
$ reverse-claim $(show-claim --state paid | jq -r .id) -k mercy | mine - | jq -r .status
sealed
$ list effects --open | jq -c '[.data.kind, .data.amount]'
["recover","6000"]
$ verify-chain --format text | head -1
ledger      4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
