#!/usr/bin/env python3
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes zh_evasion.tsv and en_evasion.tsv from the hand-written plain sentences.

Each line takes one plain sentence and disguises the words in its square brackets in one way (its class). What is
disguised, and how, depends only on the number of the line: running the script again changes nothing. The tables below
were written by hand and are not those of the program, so that a hole in the program's tables shows.

Usage: python3 make_evasions.py    (in this folder)
"""
import re

# One character of a phrase and how people write it otherwise: Latin syllable, another character of the same sound.
SOUNDS = dict(x.split(":") for x in """
打:da,达 断:duan,段 你:ni,尼 的:de,得 腿:tui,退 死:si,四 好:hao,郝 看:kan,刊 家:jia,加 人:ren,仁 小:xiao,晓 心:xin,辛 让:rang,壤
全:quan,泉 上:shang,尚 门:men,闷 通:tong,童 讯:xun,训 录:lu,路 知:zhi,之 道:dao,到 单:dan,丹 位:wei,为 公:gong,功 司:si,思 法:fa,发
院:yuan,愿 警:jing,井 察:cha,茶 抓:zhua,爪 坐:zuo,作 牢:lao,劳 老:lao,姥 赖:lai,来 脸:lian,练 要:yao,药 不:bu,布 骗:pian,片 子:zi,紫
孩:hai,海 学:xue,雪 校:xiao,笑 征:zheng,正 信:xin,新 黑:hei,嘿 名:ming,明 贷:dai,带 款:kuan,宽 借:jie,界 钱:qian,前 卡:ka,咔
微:wei,威 转:zhuan,撰 账:zhang,丈 费:fei,废 投:tou,头 诉:su,素 没:mei,煤 用:yong,永 录:lu,陆 音:yin,因 律:lv,绿 师:shi,诗 派:pai,拍
所:suo,锁 联:lian,连 系:xi,细 朋:peng,鹏 友:you,有 领:ling,岭 导:dao,岛 村:cun,存 委:wei,伟 会:hui,汇 横:heng,衡 幅:fu,福 贴:tie,铁
堵:du,赌 守:shou,首 楼:lou,娄 漆:qi,七 泼:po,坡 呼:hu,胡 电:dian,店 话:hua,画 轰:hong,红 炸:zha,诈 最:zui,罪 后:hou,厚 机:ji,鸡
系:xi,戏 统:tong,桶 锁:suo,所 案:an,按 件:jian,见 移:yi,宜 交:jiao,胶 卖:mai,麦 血:xue,穴 肾:shen,甚 平:ping,瓶 台:tai,抬 刷:shua,耍
套:tao,讨 现:xian,线 高:gao,糕 利:li,力 保:bao,宝 证:zheng,挣 肯:ken,啃 定:ding,订 减:jian,剪 免:mian,勉 息:xi,吸 消:xiao,销
肉:rou,柔 开:kai,凯 房:fang,防 查:cha,差 流:liu,留 水:shui,睡 病:bing,并 残:can,惨 疾:ji,级 跳:tiao,挑 自:zi,字 杀:sha,沙
去:qu,趣 怎:zen,怎 么:me,么 爸:ba,霸 妈:ma,马 老:lao,佬 婆:po,泼 女:nv,钕 儿:er,而 公:gong,宫 安:an,鞍 拘:ju,居 留:liu,刘
立:li,丽 案:an,岸 涉:she,射 嫌:xian,显 诈:zha,炸 封:feng,风 冻:dong,洞 结:jie,节 起:qi,启 传:chuan,船 票:piao,漂 逮:dai,代 捕:bu,补
收:shou,手 拾:shi,石 教:jiao,叫 训:xun,迅 废:fei,肺 物:wu,勿 垃:la,拉 圾:ji,机 畜:chu,处 生:sheng,声 手:shou,守 下:xia,夏 永:yong,勇
远:yuan,元 一:yi,医 辈:bei,贝 身:shen,深 给:gei,给 人:ren,忍 同:tong,铜 事:shi,是 亲:qin,琴 戚:qi,妻 单:dan,蛋 曝:bao,爆 光:guang,广
照:zhao,赵 片:pian,骗 发:fa,罚 群:qun,裙 跑:pao,泡 丢:diu,丢 工:gong,攻 作:zuo,做 停:ting,庭 换:huan,焕 号:hao,毫 接:jie,街 着:zhe,者
""".split())
SOUNDS = {k: v.split(",") for k, v in SOUNDS.items()}

TRADITIONAL = dict(zip(
    "断让联讯录电话还钱门个经诉这没后给车贷债脸骗单师检纸诈执办现结记监罚资团费马学轰锁号统网贴横张导领亲刘发开说证认识实线红绿丢图书买卖谁贵贱杀伤诬赖报业关闭类冻变坏块长张脑袋质农两万亿儿妈爷爱",
    "斷讓聯訊錄電話還錢門個經訴這沒後給車貸債臉騙單師檢紙詐執辦現結記監罰資團費馬學轟鎖號統網貼橫張導領親劉發開說證認識實線紅綠丟圖書買賣誰貴賤殺傷誣賴報業關閉類凍變壞塊長張腦袋質農兩萬億兒媽爺愛"))
TRADITIONAL.update({"里": "裡", "征": "徵", "系": "繫", "复": "復", "区": "區", "会": "會", "务": "務", "户": "戶", "过": "過", "员": "員",
                    "来": "來", "们": "們", "银": "銀", "险": "險", "动": "動", "产": "產", "时": "時", "间": "間", "处": "處", "转": "轉"})

PARTS = {"强": "弓虽", "打": "扌丁", "你": "亻尔", "们": "亻门", "信": "亻言", "债": "亻责", "他": "亻也", "位": "亻立", "住": "亻主", "什": "亻十",
         "法": "氵去", "泼": "氵发", "漆": "氵桼", "没": "氵殳", "抓": "扌爪", "拘": "扌句", "报": "扌卩", "找": "扌戈", "拉": "扌立", "披": "扌皮",
         "杀": "乂木", "死": "歹匕", "坐": "从土", "牢": "宀牛", "骗": "马扁", "妈": "女马", "好": "女子", "她": "女也", "狗": "犭句", "钱": "钅戋",
         "银": "钅艮", "锁": "钅小", "江": "氵工", "案": "安木", "政": "正攵", "怕": "忄白", "跑": "足包", "跳": "足兆", "律": "彳聿", "视": "礻见",
         "讯": "讠卂", "话": "讠舌", "诉": "讠斥", "证": "讠正", "诈": "讠乍", "贷": "代贝", "账": "贝长", "财": "贝才", "轰": "车双", "堵": "土者",
         "孩": "子亥", "林": "木木", "村": "木寸", "校": "木交", "横": "木黄", "脸": "月佥", "腿": "月退", "胳": "月各", "膊": "月尃", "呼": "口乎",
         "叫": "口丩", "哭": "口犬", "明": "日月", "时": "日寸", "吗": "口马", "喊": "口咸", "怎": "乍心", "您": "你心", "息": "自心", "想": "相心",
         "爆": "火暴", "烧": "火尧", "炸": "火乍", "烦": "火页", "的": "白勺", "奶": "女乃", "姐": "女且", "刑": "开刂", "判": "半刂", "到": "至刂",
         "别": "另刂", "功": "工力", "动": "云力", "劝": "又力", "男": "田力", "物": "牛勿", "故": "古攵", "收": "丩攵", "教": "孝攵", "放": "方攵",
         "群": "君羊", "和": "禾口", "知": "矢口", "短": "矢豆", "躲": "身朵", "红": "纟工", "给": "纟合", "结": "纟吉", "枪": "木仓", "机": "木几"}

DIGITS = {"一": "壹①㈠1", "二": "贰②㈡2", "三": "叁③㈢3", "五": "伍⑤㈤5", "十": "拾", "1": "１①", "2": "２②", "4": "４④", "0": "０⓪", "3": "３③", "8": "８⑧", "7": "７⑦"}
FORMS = {"人": "⼈", "大": "⼤", "口": "⼝", "子": "⼦", "女": "⼥", "生": "⽣", "老": "⽼", "手": "⼿", "面": "⾯", "血": "⾎", "行": "⾏", "走": "⾛",
         "用": "⽤", "方": "⽅", "日": "⽇", "月": "⽉", "一": "⼀", "二": "⼆", "十": "⼗", "工": "⼯", "父": "⽗", "火": "⽕", "止": "⽌", "文": "⽂",
         "心": "⼼", "高": "⾼", "自": "⾃", "身": "⾝", "立": "⽴", "力": "⼒", "小": "⼩", "黑": "⿊", "水": "⽔", "见": "⻅", "车": "⻋", "长": "⻓", "门": "⻔"}

HAN_SIGNS = ["*", " ", "-", "·", "/", "_", "~", "|", ".", "、", "\u200b", "+", "#", "=", "…", "^", ",", "%", "※", "\u3000"]
EMOJI = ["😊", "🙂", "❤️", "👍", "🔥", "💰", "😡", "👨‍👩‍👧", "☎️", "🏠"]
LOOKALIKES = dict(zip("aceopxyijsABCEHKMOPTX", "асеорхуіјѕАВСЕНКМОРТХ"))
CIRCLED = {chr(ord("a") + i): chr(0x24D0 + i) for i in range(26)}
MATH = {chr(ord("a") + i): chr(0x1D41A + i) for i in range(26)}
LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}


def is_han(c):
    return "\u4e00" <= c <= "\u9fff"


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def places(mark, table):
    """Where a table has an answer, not counting punctuation."""
    return [i for i, c in enumerate(mark) if c in table]


def replace_at(mark, at, text):
    return mark[:at] + text + mark[at + 1:]


def between_han(mark, sign):
    out = mark[0]
    for before, after in zip(mark, mark[1:]):
        out += (sign if is_han(before) and is_han(after) else "") + after
    return out


def repeat_han(mark, n):
    at = [i for i, c in enumerate(mark) if is_han(c)]
    i = at[n % len(at)]
    return replace_at(mark, i, mark[i] * (2 + n % 3))


def by_table(mark, table, n, most=1):
    """Replaces up to `most` characters, never all of them."""
    at = places(mark, table)
    if not at:
        return None
    chosen = {at[(n + k * 2) % len(at)] for k in range(min(most, len(mark) - 1))}
    out = ""
    for i, c in enumerate(mark):
        out += table[c] if i in chosen else c
    return out


def words_of(mark):
    return [m for m in re.finditer(r"[A-Za-z]{3,}", mark)]


def in_words(mark, n, change):
    """Disguises the longest words of the mark (all of equal rank, at least one)."""
    words = words_of(mark)
    if not words:
        return None
    longest = max(len(w.group()) for w in words)
    out, end = "", 0
    for w in words:
        out += mark[end:w.start()]
        out += change(w.group(), n) if len(w.group()) >= min(longest, 5) else w.group()
        end = w.end()
    return out + mark[end:]


ZH = {
    "symbols": lambda m, n: between_han(m, HAN_SIGNS[n % len(HAN_SIGNS)]),
    "emoji": lambda m, n: between_han(m, EMOJI[n % len(EMOJI)]),
    "zero_width": lambda m, n: between_han(m, ["\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad"][n % 5]),
    "repeat": repeat_han,
    "traditional": lambda m, n: "".join(TRADITIONAL.get(c, c) for c in m) if places(m, TRADITIONAL) else None,
    "width": lambda m, n: "".join(FORMS.get(c, wide(c)) for c in m) if any(c in FORMS or c.isascii() for c in m) else None,
    "digits": lambda m, n: by_table(m, {k: v[n % len(v)] for k, v in DIGITS.items()}, n, 3),
    "pinyin": lambda m, n: by_table(m, {k: v[0] for k, v in SOUNDS.items()}, n, 1 + n % 2) if len(m) >= 4 else None,
    "homophone": lambda m, n: by_table(m, {k: v[1] for k, v in SOUNDS.items() if v[1] != k}, n, 1 + n % 2) if len(m) >= 4 else None,
    "split": lambda m, n: by_table(m, PARTS, n),
    "mixed": lambda m, n: between_han("".join(TRADITIONAL.get(c, c) for c in m), HAN_SIGNS[(n * 7) % len(HAN_SIGNS)]) if places(m, TRADITIONAL) else None,
}
EN = {
    "width": lambda m, n: in_words(m, n, lambda w, k: wide(w)),
    "case": lambda m, n: "".join(c.upper() if (i + n) % 2 else c.lower() for i, c in enumerate(m)),
    "letters": lambda m, n: in_words(m, n, lambda w, k: "".join((LOOKALIKES if k % 3 else CIRCLED if k % 2 else MATH).get(c, c) for c in w)),
    "symbols": lambda m, n: in_words(m, n, lambda w, k: ".-*_~ /|"[k % 8].join(w)),
    "zero_width": lambda m, n: in_words(m, n, lambda w, k: "\u200b\u200d\u2060\u00ad"[k % 4].join(w)),
    "repeat": lambda m, n: in_words(m, n, lambda w, k: w[:1 + k % (len(w) - 1)] + w[k % (len(w) - 1)] * 2 + w[1 + k % (len(w) - 1):]),
    "leet": lambda m, n: in_words(m, n, lambda w, k: w[0] + "".join(LEET[c][k % len(LEET[c])] if c in LEET else c for c in w[1:])),
}
SHARE = {"zh": 85, "en": 55}   # sentences of each class at most


def disguise(language, classes):
    plain = [line.rstrip("\n").split("\t") for line in open(f"{language}_plain.tsv", encoding="utf-8") if not line.startswith("#")]
    lines = [f"# class\tcategory\tplain sentence (number of the line)\tdisguised sentence; written by make_evasions.py, do not edit\n"]
    for position, (name, change) in enumerate(classes.items()):
        taken = 0
        for k in range(len(plain)):
            number = (k * 7 + position * 13) % len(plain)   # 7 shares no factor with either count: every sentence once
            category, sentence = plain[number]
            start, mark, end = re.fullmatch(r"(.*)\[(.+)\](.*)", sentence).groups()
            changed = change(mark, number)
            if changed is None or changed == mark or taken >= SHARE[language]:
                continue
            taken += 1
            lines.append(f"{name}\t{category}\t{number + 2}\t{start}[{changed}]{end}\n")
    open(f"{language}_evasion.tsv", "w", encoding="utf-8").writelines(lines)
    return len(lines) - 1


if __name__ == "__main__":
    print("zh", disguise("zh", ZH), "en", disguise("en", EN))
