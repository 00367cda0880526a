# All programs by area; or one of them.
$ carechain --format text
identities
  keygen            make a key, or show a key's public name
  enroll-identity   put an institution, a professional or a patient on the ledger
  rotate-key        replace a key by a new one without losing access

records
  put-record        encrypt and store a patient's record and note it on the ledger
  grant             let somebody read records
  revoke            take a permission back
  request-access    sign a request to read records
  release-record    decide on requests and release what is permitted
  open-record       decrypt records that were released
  access-log        show who asked for a patient's records, and what was decided
  explain-access    say whether a request would be permitted, and why
  review-access     review emergency access
  erase-key         destroy a patient's or a record's keys and certify it
  verify-erasure    check a certificate of erasure
  legal-hold        forbid erasure for a time, or end that
  register-copy     say who holds a copy of a vault's keys, or that it is destroyed

drugs
  make-label        draw the label of a unit, case or lot
  register-product  put products, and whose company prefixes are whose, on the ledger
  capture-events    put the events of EPCIS documents on the ledger
  move-drug         say what happens to units, cases and pallets
  trace-drug        show where a unit, case, pallet or lot has been, and what is wrong
  verify-drug       answer whether a unit is what its label says
  reconcile-stock   compare scanned stock with the ledger
  recall-drug       recall a lot, a range of serials or a product

claims
  enroll-coverage   enrol a member in a plan, as the payer
  check-eligibility is a member covered on a day, and what is left of the deductible
  submit-claim      submit claims to a payer; the plan decides when they are sealed
  show-claim        show what was decided about claims
  review-claim      decide a pended claim or an appeal, as a person of the payer
  appeal-claim      appeal against the decision of a claim, or answer what its payer asks
  reverse-claim     take a claim's decision back
  instruct-payment  sign the instructions to pay what contracts decided
  export-remittance tell providers what was decided, as X12 835

directory
  register-provider add to a provider's entry in the directory
  attest-provider   stand behind a directory entry, or dispute it
  find-provider     look a provider up: name, specialty, place, network

contracts
  check-contract    check a contract document, and try it on an input
  deploy-contract   put a contract into force

trials
  trial-register    register a trial before it begins
  trial-amend       register a new version of a trial's protocol
  trial-event       record consents, visits, adverse events and whatever else happens in a trial
  trial-boundary    compute when a trial has to stop for its side effects
  trial-publish     publish a trial's results, or say what is missing
  trial-pay         acknowledge that subjects were paid
  show-trial        show how a trial stands

ledger
  init-ledger       found a ledger from its constitution
  govern-ledger     sign a change of sealers or rules, as one of the quorum
  submit-tx         put signed transactions into the pending pool
  mine              seal pending transactions into a block
  show-tx           show a transaction and what became of it
  list              list what a ledger holds
  show-chain        show the blocks of a chain
  verify-chain      check a chain from its first block to its head
  rebuild-index     build the index anew from the blocks
  request-blocks    say which blocks this copy has, for another to send the rest
  send-blocks       send the blocks that another copy lacks
  adopt-blocks      take in the blocks of another copy of the ledger

all of them
  carechain         list the programs, or run one
$ carechain | head -2
{"name":"keygen","area":"identities","summary":"make a key, or show a key's public name"}
{"name":"enroll-identity","area":"identities","summary":"put an institution, a professional or a patient on the ledger"}
$ carechain --version
carechain (carechain) 0.1.0
$ carechain keygen alice --format text
did:key:z6MkmKcFjfdmFJtyc2dGSojy1Mcjnyx8XWxmM6WwxnHmpanu
$ carechain keygen alice
keygen: error: '~/../keys/alice.pem' exists already; it is never replaced
keygen: hint: choose another name
[1]
$ carechain keygne alice
carechain: error: there is no program 'keygne'
carechain: hint: did you mean keygen?
[2]
$ carechain --hlep
carechain: error: unknown option --hlep
carechain: hint: did you mean --help?
[2]
$ carechain keygen --show zoe
keygen: error: there is no key 'zoe' in ~/../keys
keygen: hint: keygen zoe
[3]
$ carechain verify-chain -L nowhere
verify-chain: error: there is no ledger in 'nowhere'
verify-chain: hint: carechain init-ledger --solo -L nowhere
[3]
