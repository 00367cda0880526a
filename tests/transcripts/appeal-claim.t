# A claim is denied since its patient was not enrolled; the payer asks about another one.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --quiet | jq -r .type
key
$ printf 'payer: mercy\nmembers: {Patient/alice: alice}\n' > names.yaml
$ deploy-contract "$EXAMPLES/../contracts/example-ppo.yaml" -k mercy | jq -r .type
contract.deploy
$ register-provider --npi 1234567893 --set 'name=Bob Healer' --set taxonomy.1=207Q00000X --set network.example-network=in -k mercy | jq -r .type
provider.register
$ mine | jq -r .type
block
$ submit-claim "$EXAMPLES/claims.ndjson" --map names.yaml -k mercy > sent.jsonl
$ mine - < sent.jsonl | jq -r .status
sealed
$ show-claim --format text
claim           state   reason  charge  paid  patient  plan
3547e4b32e0b.0  denied  CO-31   230.55  0.00     0.00     -
3547e4b32e0b.1  denied  CO-31   300.00  0.00     0.00     -
3547e4b32e0b.2  denied  CO-31   150.50  0.00     0.00     -
$ claim=$(jq -r '.ids[0]' sent.jsonl)

# An appeal, upheld; then the payer sees that the coverage was forgotten, and the next one is overturned.
$ echo 'She has been insured since January.' > letter.txt
$ appeal-claim $claim --reason covered --document letter.txt -k mercy | jq -c '[.type, .status, .data.reason]'
["claim.appeal","pending","covered"]
$ mine | jq -r .type
block
$ show-claim --appealed --format text
claim           state   reason  charge  paid  patient  plan
3547e4b32e0b.0  denied  CO-31   230.55  0.00     0.00     -
$ review-claim $claim --uphold no-coverage -k mercy | jq -c '[.type, .data.overturn, .data.reason]'
["claim.rule",false,"no-coverage"]
$ mine | jq -r .type
block
$ enroll-coverage alice --plan example-ppo --from 2023-01-01 -k mercy | jq -r .type
coverage.enroll
$ appeal-claim $claim --reason covered -k mercy | jq -r .type
claim.appeal
$ review-claim $claim --overturn agreed -k mercy | jq -r .type
claim.rule
$ mine | jq -r .type
block
$ show-claim $claim --format text | sed 's/[0-9a-f]\{64\}/…/'
claim  paid  ….0
  charged 230.55, paid 60.00, patient 95.00 USD
  plan example-ppo/1
  appeal 2 of 2023-11-14T22:34:20Z (covered): overturned
  line 1  99213  paid  charged 150.00, paid 60.00, CO-45 60.00, PR-3 30.00
  line 2  93005  paid  charged 80.55, paid 0.00, CO-45 15.55, PR-1 65.00
$ list effects | jq -c '[.data.kind, .data.word]'
["notify","appeal 1"]
["notify","ruling 1"]
["notify","appeal 2"]
["notify","ruling 2"]
["pay","pay"]

# What is not straightforward waits; the payer asks, the answer comes.
$ review-claim "$(jq -r '.ids[1]' sent.jsonl)" --reopen reversal -k mercy | jq -r .type
claim.reopen
$ mine | jq -r .type
block
$ show-claim --state pended | jq -r .id > pended
$ review-claim $(cat pended) --ask N706 --within 20 -k mercy | jq -c '[.type, .data.until]'
["claim.inquire","2023-12-04T22:40:20Z"]
$ mine | jq -r .type
block
$ show-claim $(cat pended) --format text | grep waits
  waits for the submitter's answer (N706) until 2023-12-04T22:40:20Z
$ appeal-claim $(cat pended) --answer --document letter.txt -k mercy | jq -r .type
claim.answer
$ mine | jq -r .type
block
$ review-claim $(cat pended) --deny 50 -k mercy | jq -r .type
claim.review
$ mine | jq -r .type
block
$ show-claim $(cat pended) --format text | head -1 | sed 's/[0-9a-f]\{64\}/…/'
claim  denied (CO-50)  ….1
$ verify-chain | jq -c '[.data.decision, .data.operations]'
["sound",14]

# 1, 2, 3.
$ appeal-claim $claim --answer --document letter.txt -k mercy
appeal-claim: error: the payer has asked for nothing
[1]
$ appeal-claim 00000000 --reason covered -k mercy
appeal-claim: error: there is no claim '00000000' in the sealed chain
appeal-claim: hint: mine seals what is pending
[1]
$ appeal-claim $claim -k mercy
appeal-claim: error: --reason CODE is required, or --answer
[2]
$ appeal-claim $claim --answer -k mercy
appeal-claim: error: --answer needs --document FILE: what was sent
[2]
$ appeal-claim $claim --reason covered --document nowhere.txt -k mercy
appeal-claim: error: cannot open nowhere.txt: No such file or directory
[3]
