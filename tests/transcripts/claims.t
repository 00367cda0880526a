# A payer's plan, a member, a provider in the directory; claims come in, the plan decides.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen alice --quiet | jq -r .type
key
$ printf 'payer: mercy\nmembers: {Patient/alice: alice}\n' > names.yaml
$ cp -r "$EXAMPLES/../contracts" contracts
$ check-contract contracts/*.yaml
check-contract: contracts/example-hdhp.yaml: example-hdhp version 1, 1 rules, 3 tests: sound
check-contract: contracts/example-medicare-like.yaml: example-medicare-like version 1, 1 rules, 2 tests: sound
check-contract: contracts/example-ppo.yaml: example-ppo version 1, 4 rules, 5 tests: sound
$ deploy-contract contracts/example-ppo.yaml -k mercy | jq -c '[.type, .status, .data.contract, .data.version]'
["contract.deploy","pending","example-ppo","1"]
$ register-provider --npi 1234567893 --set 'name=Bob Healer' --set taxonomy.1=207Q00000X --set network.example-network=in -k mercy | jq -r .type
provider.register
$ enroll-coverage alice --plan example-ppo --from 2023-01-01 -k mercy | jq -r .type
coverage.enroll
$ mine | jq -r .type
block
$ check-eligibility alice --payer mercy --on 2023-11-06 | jq -c .data
{"decision":"active","relationship":"self","order":1,"from":"2023-01-01","plan":"example-ppo/1","currency":"USD","year":2023,"deductible_left":"150000","out_of_pocket_left":"600000"}
$ submit-claim "$EXAMPLES/claims.ndjson" --map names.yaml -k mercy > sent.jsonl
$ jq -c '[.type, .status, (.ids | length)]' sent.jsonl
["claim.submit","provisional",3]
$ mine - < sent.jsonl | jq -c '[.status, .height]'
["sealed",2]
$ show-claim --format text
claim           state   reason              charge   paid  patient  plan
f46e7f38ec5e.0  paid                        230.55  60.00    95.00  example-ppo/1
f46e7f38ec5e.1  pended  unlisted-procedure  300.00   0.00     0.00  example-ppo/1
f46e7f38ec5e.2  denied  CO-31               150.50   0.00     0.00  -
$ show-claim "$(jq -r '.ids[0]' sent.jsonl)" --format text
claim  paid  f46e7f38ec5eb0177e555b3b47fa1bd679dcd81dc30ba8f5364df85781c964ff.0
  charged 230.55, paid 60.00, patient 95.00 USD
  plan example-ppo/1
  line 1  99213  paid  charged 150.00, paid 60.00, CO-45 60.00, PR-3 30.00
  line 2  93005  paid  charged 80.55, paid 0.00, CO-45 15.55, PR-1 65.00
$ show-claim "$(jq -r '.ids[2]' sent.jsonl)" --format text
claim  denied (CO-31)  f46e7f38ec5eb0177e555b3b47fa1bd679dcd81dc30ba8f5364df85781c964ff.2
  charged 150.50, paid 0.00, patient 0.00 USD
  line 1  99213  denied  charged 150.50, paid 0.00, CO-31 150.50
[1]
$ list effects --format text
effect        height  kind  of            amount  to
6ee97becb23c       2  pay   f46e7f38ec5e    6000  mercy

# A person decides what the plan would not.
$ show-claim --state pended | jq -r .id | xargs review-claim --approve -k mercy | jq -c '[.type, .status]'
["claim.review","pending"]
$ mine | jq -r .type
block
$ show-claim --format text
claim           state   reason  charge   paid  patient  plan
f46e7f38ec5e.0  paid            230.55  60.00    95.00  example-ppo/1
f46e7f38ec5e.1  paid            300.00   0.00   240.00  example-ppo/1
f46e7f38ec5e.2  denied  CO-31   150.50   0.00     0.00  -
$ list effects --since 3 | jq -c '[.data.kind, .data.amount, .data.word]'
["notify",null,"line 1 unlisted"]
$ export-remittance --payer mercy --since 0 | grep -E '^(BPR|CLP|SVC|CAS|SE)'
BPR*I*60*C*NON************20231114~
CLP*f46e7f38ec5eb0177e55-0*1*230.55*60*95*12*f46e7f38ec5eb0177e55-0*11*1~
SVC*HC:99213*150*60**1~
CAS*CO*45*60~
CAS*PR*3*30~
SVC*HC:93005*80.55*0**1~
CAS*CO*45*15.55~
CAS*PR*1*65~
CLP*f46e7f38ec5eb0177e55-1*1*300*0*240*12*f46e7f38ec5eb0177e55-1*11*1~
SVC*HC:99499*300*0**1~
CAS*CO*45*60~
CAS*PR*1*240~
CLP*f46e7f38ec5eb0177e55-2*4*150.5*0*0*12*f46e7f38ec5eb0177e55-2*11*1~
SVC*HC:99213*150.5*0**1~
CAS*CO*31*150.5~
SE*35*0001~
$ show-claim --fhir eob | jq -c '[.resourceType, .outcome, .payment.amount.value]'
["ExplanationOfBenefit","complete",60]
["ExplanationOfBenefit","complete",null]
["ExplanationOfBenefit","complete",null]

# What was paid is taken back.
$ reverse-claim "$(jq -r '.ids[0]' sent.jsonl)" -k mercy | jq -r .type
claim.reverse
$ mine | jq -r .type
block
$ list effects --since 4 | jq -c '[.data.kind, .data.amount]'
["recover","6000"]
$ check-eligibility alice --payer mercy --on 2023-11-06 | jq -r .data.deductible_left
126000
$ reverse-claim "$(jq -r '.ids[0]' sent.jsonl)" -k mercy
reverse-claim: error: the claim was voided already
[1]
$ verify-chain | tail -1
{"v":1,"type":"verification","id":null,"ids":[],"tx":null,"status":null,"height":4,"block":"1aa9f7d5eb3b970ecc2914b3dc50992713b9cf296dfb275948968c2462b2edbf","time":"2023-11-14T22:39:20Z","signer":null,"ledger":"4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040","reason":null,"data":{"decision":"sound","pin":"4:1aa9f7d5eb3b970ecc2914b3dc50992713b9cf296dfb275948968c2462b2edbf","blocks":5,"transactions":6,"operations":8,"left_behind":0,"layers":{"frame":5,"encoding":5,"links":5,"work":5,"time":5,"sealer":5,"seal":4,"merkle":5,"signature":6,"permission":8,"state":5,"index":29},"faults":[],"holds":[],"erased":[],"erasing":[]},"cose":null}

# 1: an input is rejected, with its place; an eligibility that is not there. 2, 3.
$ echo '{"resourceType":"Claim","status":"active","use":"claim","type":{"coding":[{"code":"oral"}]},"item":[{"sequence":1}]}' > bad.json
$ submit-claim bad.json --payer mercy -k mercy
submit-claim: error: bad.json: line 1, Claim/?: provider: this is missing
submit-claim: 0 submitted, 1 rejected
[1]
$ check-eligibility alice --payer mercy --on 2022-01-01
check-eligibility: alice is not covered by mercy on 2022-01-01
[1]
$ show-claim 00000000
show-claim: error: there is no claim '00000000' in the sealed chain
show-claim: hint: mine seals what is pending
[1]
$ review-claim
review-claim: error: --key is required
review-claim: hint: give --key, or set CARECHAIN_KEY
[2]
$ submit-claim nowhere.json --payer mercy -k mercy
submit-claim: error: cannot open nowhere.json: No such file or directory
[3]
$ show-claim -L nowhere
show-claim: error: there is no ledger in 'nowhere'
show-claim: hint: carechain init-ledger --solo -L nowhere
[3]
