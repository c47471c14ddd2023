// intacct-api of npm at the local Intacct: prints one JSON line a step.
"use strict";
const { line, cents, parsed } = require("./driving.cjs");
const { IntacctApi, ControlFunction } = require(require.resolve("intacct-api", { paths: [process.cwd()] }));
const plan = parsed(process.argv[2]);

function client(password) {
  const { sender_id: senderId, sender_password: senderPassword, company_id: companyId, user_id: userId } = plan;
  const made = new IntacctApi({ auth: { senderId, senderPassword, companyId, userId, password } });
  made.endpoint = plan.url;
  return made;
}

async function one(api, call) {
  await api.request(call);
  return call;
}

function newClass(id) {
  return { CLASS: { CLASSID: id, NAME: `Class ${id}` } };
}

function journalEntry(credit) {
  const [year, month, day] = plan.day.split("-");
  return {
    GLBATCH: {
      JOURNAL: plan.journal, BATCH_DATE: `${month}/${day}/${year}`, BATCH_TITLE: `Entry of ${plan.name}`,
      ENTRIES: {
        GLENTRY: [
          { ACCOUNTNO: plan.debit_account, TR_TYPE: "1", TRX_AMOUNT: "12.34", LOCATION: plan.location },
          { ACCOUNTNO: plan.credit_account, TR_TYPE: "-1", TRX_AMOUNT: credit, LOCATION: plan.location },
        ],
      },
    },
  };
}

function told(call) {
  return call.isSuccessful() ? "accepted" : JSON.stringify(call.result.errors);
}

async function classes(api, id) {
  const found = await one(api, IntacctApi.readByQuery({ object: "CLASS", query: `CLASSID = '${id}'` }));
  return found.get("$.count") ?? found.get("CLASS").length;
}

async function conform(api) {
  const session = await one(api, IntacctApi.getAPISession());
  line("sign in", session.isSuccessful() ? "opened" : told(session));
  line("wrong password", await one(client("wrong"), IntacctApi.getAPISession()).then(told, (error) => error.message));

  const few = await one(api, IntacctApi.readByQuery({ object: "GLACCOUNT", query: "ACCOUNTTYPE = 'I'", pagesize: 1000 }));
  line("filtered read", Number(few.get("$.count")));

  let page = await one(api, IntacctApi.readByQuery({ object: "GLENTRY", fields: "RECORDNO,AMOUNT", pagesize: 1000 }));
  let rows = 0, total = 0n;
  for (;;) {
    for (const record of page.data.glentry || []) {
      rows += 1;
      total += cents(record.AMOUNT);
    }
    if (Number(page.get("$.numremaining")) === 0) break;
    page = await one(api, IntacctApi.readMore({ resultId: page.get("$.resultId") }));
  }
  line("paged read", `${rows} rows, ${total} cents`);

  const made = await one(api, IntacctApi.create(newClass(`${plan.name}-1`)));
  line("create", made.isSuccessful() ? "numbered" : told(made));
  line("duplicate", told(await one(api, IntacctApi.create(newClass(`${plan.name}-1`)))));
  // it knows no transactions: two records in one create are all or nothing
  const two = { CLASS: [newClass(`${plan.name}-2`).CLASS, newClass(`${plan.name}-1`).CLASS] };
  const undone = told(await one(api, IntacctApi.create(two)));
  line("roll-back", `${await classes(api, `${plan.name}-2`)} left: ${undone}`);

  const posted = await one(api, IntacctApi.create(journalEntry("12.34")));
  line("journal entry", posted.isSuccessful() ? "numbered" : told(posted));
  line("unbalanced entry", told(await one(api, IntacctApi.create(journalEntry("12.33")))));
}

async function read(api) {
  const begun = process.hrtime.bigint();
  let records = 0;
  for (let page = 0; page < plan.pages; page += 1) {
    const call = new ControlFunction("query", {
      object: plan.object, select: { field: plan.fields },
      orderby: { order: { field: "RECORDNO", ascending: {} } },
      options: { showprivate: "true" }, pagesize: "2000", offset: String(page * 2000),
    });
    await api.request(call);
    records += call.data[0][plan.object].length;
  }
  line("read", { records, seconds: Number(process.hrtime.bigint() - begun) / 1e9 });
}

(plan.step === "read" ? read : conform)(client(plan.user_password)).catch((error) => {
  line("stopped", error.message);
  process.exitCode = 1;
});
