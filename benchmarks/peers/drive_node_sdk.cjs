// The vendor's own Node SDK at the local Intacct: prints one JSON line a step.
"use strict";
const { endpointCheckOff, line, cents, parsed } = require("./driving.cjs");
const sdk = require(require.resolve("@intacct/intacct-sdk", { paths: [process.cwd()] }));
const { Functions } = sdk;
const { NewQuery } = Functions.Common;
const plan = parsed(process.argv[2]);

endpointCheckOff();

function config(password) {
  const made = new sdk.ClientConfig();
  made.endpointUrl = plan.url;
  made.senderId = plan.sender_id;
  made.senderPassword = plan.sender_password;
  made.companyId = plan.company_id;
  made.userId = plan.user_id;
  made.userPassword = password;
  return made;
}

function query(object, fields, { filter, offset = 0, pageSize = 2000, order = true } = {}) {
  const asked = new NewQuery.Query();
  asked.assignFromObject(object);
  asked.assignSelectFields(new NewQuery.QuerySelect.SelectBuilder().addFields(fields).selects);
  if (filter) asked.assignFilter(filter);
  if (order) asked.assignOrderBy(new NewQuery.QueryOrderBy.OrderBuilder().addAscending("RECORDNO").orders);
  asked.assignShowPrivate(true);
  asked.assignPageSize(pageSize);
  asked.assignOffset(offset);
  return asked;
}

function newClass(id) {
  const made = new Functions.Company.ClassCreate();
  made.classId = id;
  made.className = `Class ${id}`;
  return made;
}

function journalEntry(credit) {
  const { JournalEntryCreate, JournalEntryLineCreate } = Functions.GeneralLedger;
  const entry = new JournalEntryCreate();
  entry.journalSymbol = plan.journal;
  entry.postingDate = new Date(`${plan.day}T12:00:00Z`);
  entry.description = `Entry of ${plan.name}`;
  entry.lines = [[plan.debit_account, "12.34"], [plan.credit_account, `-${credit}`]].map(([account, amount]) => {
    const one = new JournalEntryLineCreate();
    one.glAccountNumber = account;
    one.transactionAmount = amount;
    one.locationId = plan.location;
    return one;
  });
  return entry;
}

async function refusal(attempt) {
  try {
    await attempt();
    return "accepted";
  } catch (error) {
    return [error.message, ...(error.errors || [])].join(" ");
  }
}

async function classes(client, id) {
  const filter = new NewQuery.QueryFilter.Filter("CLASSID").equalTo(id);
  const answer = await client.execute(query("CLASS", ["RECORDNO", "CLASSID"], { filter }));
  return answer.getResult().totalCount;
}

async function conform(client) {
  const opened = await client.execute(new Functions.ApiSessionCreate());
  line("sign in", opened.getResult().data[0].api ? "opened" : "opened");
  line("wrong password", await refusal(() => new sdk.OnlineClient(config("wrong")).execute(new Functions.ApiSessionCreate())));

  const filter = new NewQuery.QueryFilter.Filter("ACCOUNTTYPE").equalTo("incomestatement");
  const few = await client.execute(query("GLACCOUNT", ["RECORDNO", "ACCOUNTNO"], { filter }));
  line("filtered read", few.getResult().data.length);

  let rows = 0, total = 0n, left = 1;
  for (let offset = 0; left > 0; offset += 2000) {
    const page = (await client.execute(query("GLENTRY", ["RECORDNO", "AMOUNT"], { offset }))).getResult();
    rows += page.data.length;
    for (const one of page.data) total += cents(one.AMOUNT);
    left = Number(page.numRemaining);
  }
  line("paged read", `${rows} rows, ${total} cents`);

  const made = await client.execute(newClass(`${plan.name}-1`));
  line("create", /^\d+$/.test(made.getResult().data[0].RECORDNO) ? "numbered" : "no number");
  line("duplicate", await refusal(() => client.execute(newClass(`${plan.name}-1`))));

  const together = new sdk.RequestConfig();
  together.transaction = true;
  const undone = [newClass(`${plan.name}-2`), newClass(`${plan.name}-1`)];
  const told = await refusal(() => client.executeBatch(undone, together));
  line("roll-back", `${await classes(client, `${plan.name}-2`)} left: ${told}`);

  const posted = await client.execute(journalEntry("12.34"));
  line("journal entry", /^\d+$/.test(posted.getResult().data[0].RECORDNO) ? "numbered" : "no number");
  line("unbalanced entry", await refusal(() => client.execute(journalEntry("12.33"))));
}

async function read(client) {
  const begun = process.hrtime.bigint();
  let records = 0;
  for (let page = 0; page < plan.pages; page += 1) {
    const answer = await client.execute(query(plan.object, plan.fields, { offset: page * 2000 }));
    records += answer.getResult().data.length;
  }
  line("read", { records, seconds: Number(process.hrtime.bigint() - begun) / 1e9 });
}

(async () => {
  const session = await sdk.SessionProvider.factory(config(plan.user_password));
  await (plan.step === "read" ? read : conform)(new sdk.OnlineClient(session));
})().catch((error) => {
  line("stopped", `${error.message} ${(error.errors || []).join(" ")}`);
  process.exitCode = 1;
});
