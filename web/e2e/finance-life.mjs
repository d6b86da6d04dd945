// What happens in the world while finance looks on: a viewer buys and sends, a creator asks for money. All by the HTTP API, as clients do.
export function life(platformUrl) {
    const token = async (sub, ...roles) => (await post(undefined, '/v1/dev/tokens', { sub, name: sub, roles })).token;

    async function post(bearer, path, body) {
        const response = await fetch(platformUrl + path, {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json',
                'Idempotency-Key': crypto.randomUUID(),
                ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
            },
            body: JSON.stringify(body),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
        return JSON.parse(text);
    }

    async function get(bearer, path) {
        const response = await fetch(platformUrl + path, { headers: { Authorization: `Bearer ${bearer}` } });
        if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
        return response.json();
    }

    /** Buys the package and sends as many gifts of a coin each. */
    async function buyAndSend(viewer, packageId, liveId, quantity) {
        const bearer = await token(viewer, 'viewer');
        const { purchaseId } = await post(bearer, '/v1/coin-purchases', { packageId, provider: 'sandbox' });
        const { giftSendId, position } = await post(bearer, '/v1/gift-sends', { liveId, giftId: 'ant', quantity });
        return { purchaseId, giftSendId, position };
    }

    /** Waits for the hold to be over, then asks for whole diamonds, each a payout. */
    async function askForPayouts(creatorId, ...diamonds) {
        const bearer = await token(creatorId, 'creator');
        const all = diamonds.reduce((sum, one) => sum + one, 0);
        await until(`${all} diamonds of ${creatorId} to be available`, async () => {
            const earnings = await get(bearer, `/v1/creators/${creatorId}/earnings`);
            return Number(earnings.diamonds.available) >= all;
        });
        const destination = { iban: 'DE89370400440532013000', name: 'Ada Lovelace' };
        const ids = [];
        for (const one of diamonds) ids.push((await post(bearer, '/v1/payouts', { diamonds: String(one), destination })).payoutId);
        return ids;
    }

    return { token, get, post, buyAndSend, askForPayouts };
}

/** A statement of the bank, camt.053, with one debit: the payout was paid. */
export function statementOf(payoutId, amount, day) {
    return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M-${payoutId.slice(0, 8)}</MsgId><CreDtTm>${day}T22:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><IBAN>GB82WEST12345698765432</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">9</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>
<Ntry><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>
<AcctSvcrRef>D-${payoutId.slice(0, 8)}</AcctSvcrRef><BkTxCd/><NtryDtls><TxDtls><Refs><EndToEndId>${payoutId.replaceAll('-', '')}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>`;
}

export async function until(what, condition, patienceMs = 60_000) {
    const deadline = Date.now() + patienceMs;
    while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
