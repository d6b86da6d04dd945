// An FLV file played in an endless loop, in real time and to everyone at once, with cues put in as SEI. Part of the mock server.

const CUE_UUID = Buffer.from('2b75ddf3-d8e3-4a85-a644-41da256c0268'.replaceAll('-', ''), 'hex');

export class FlvLoop {
    constructor(file) {
        const tags = [...tagsOf(file)];
        this.headers = [file.subarray(0, 13), ...tags.filter(isHeader).map((tag) => tagBytes(tag, 0, tag.data))];
        this.tags = tags.filter((tag) => !isHeader(tag));
        this.loopMs = this.tags.at(-1).timestampMs + 40;
        this.viewers = new Set();
        this.cues = [];
        this.gop = [];
        this.at = 0;
        this.loops = 0;
        this.gapMs = 0;
        this.startMs = Date.now();
        setInterval(() => this.tick(), 10);
    }

    insert(cue) {
        this.cues.push(cue);
    }

    play(response) {
        response.writeHead(200, { 'Content-Type': 'video/x-flv', 'Access-Control-Allow-Origin': '*' });
        response.write(Buffer.concat([...this.headers, ...this.gop]));
        this.viewers.add(response);
        response.on('close', () => this.viewers.delete(response));
    }

    /** The publisher is gone for so long; the timeline goes on meanwhile. */
    gap(ms) {
        this.gapMs += ms;
    }

    cut() {
        for (const viewer of this.viewers) viewer.destroy();
    }

    tick() {
        for (;;) {
            const tag = this.tags[this.at];
            const timestampMs = tag.timestampMs + this.loops * this.loopMs + this.gapMs;
            if (this.startMs + timestampMs > Date.now()) return;
            const bytes = tagBytes(tag, timestampMs, tag.type === 9 ? this.withCues(tag.data, timestampMs) : tag.data);
            if (tag.type === 9 && tag.data[0] >> 4 === 1) this.gop = [];
            this.gop.push(bytes);
            for (const viewer of this.viewers) viewer.write(bytes);
            if (++this.at === this.tags.length) {
                this.at = 0;
                this.loops++;
            }
        }
    }

    withCues(data, ptsMs) {
        const units = this.cues.splice(0).map((cue) => seiUnit(JSON.stringify({ ...cue, ptsMs })));
        return Buffer.concat([data.subarray(0, 5), ...units, data.subarray(5)]);
    }
}

function* tagsOf(file) {
    for (let at = 13; at + 11 <= file.length; ) {
        const length = file.readUIntBE(at + 1, 3);
        yield { type: file[at], timestampMs: file.readUIntBE(at + 4, 3) + file[at + 7] * 0x1000000, data: file.subarray(at + 11, at + 11 + length) };
        at += 11 + length + 4;
    }
}

/** Metadata and the two sequence headers, which every viewer gets first. */
function isHeader(tag) {
    return tag.type === 18 || ((tag.type === 9 || tag.type === 8) && tag.data[1] === 0);
}

function tagBytes(tag, timestampMs, data) {
    const head = Buffer.alloc(11);
    head[0] = tag.type;
    head.writeUIntBE(data.length, 1, 3);
    head.writeUIntBE(timestampMs & 0xffffff, 4, 3);
    head[7] = (timestampMs >>> 24) & 0xff;
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(11 + data.length);
    return Buffer.concat([head, data, tail]);
}

function seiUnit(json) {
    const payload = Buffer.concat([CUE_UUID, Buffer.from(json)]);
    const size = [...Array(Math.floor(payload.length / 255)).fill(0xff), payload.length % 255];
    const body = [];
    let zeros = 0;
    for (const byte of Buffer.concat([Buffer.from([5, ...size]), payload, Buffer.from([0x80])])) {
        if (zeros >= 2 && byte <= 3) {
            body.push(3);
            zeros = 0;
        }
        body.push(byte);
        zeros = byte === 0 ? zeros + 1 : 0;
    }
    const unit = Buffer.from([6, ...body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(unit.length);
    return Buffer.concat([length, unit]);
}
