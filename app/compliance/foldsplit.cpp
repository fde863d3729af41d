// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldsplit.h"

namespace evenhand::compliance {

std::u16string_view splitCharacters()
{
    return u"强弓虽"
           u"打扌丁断米斤腿月退你亻尔他亻也她女也们亻门信亻言催亻崔债亻责借亻昔付亻寸伤亻佂体亻本住亻主作亻乍"
           u"位亻立什亻十代亻弋仗亻丈但亻旦低亻氐佰亻百偿亻尝傻亻复倒亻到值亻直做亻故偷亻俞"
           u"爆火暴烧火尧炸火乍灭一火烦火页"
           u"通甬辶讯讠卂录彐水话讠舌诉讠斥说讠兑警敬言诈讠乍骗马扁骂口马欺其欠赖束负账贝长财贝才贷代贝"
           u"败贝攵贱贝戋购贝勾贫分贝费弗贝资次贝"
           u"法氵去泼氵发漆氵桼沙氵少清氵青没氵殳河氵可酒氵酉洗氵先泪氵目"
           u"抓扌爪拘扌句捕扌甫拖扌它报扌卩拒扌巨找扌戈扣扌口抄扌少拍扌白拦扌兰挂扌圭搞扌高撞扌童拉扌立"
           u"揍扌奏搜扌叟掉扌卓提扌是投扌殳抢扌仓"
           u"杀乂木死歹匕坐从土牢宀牛刑开刂判半刂到至刂别另刂剁朵刂割害刂"
           u"狗犭句猪犭者犯犭㔾狠犭艮"
           u"妈女马好女子如女口姐女且妹女未奶女乃婊女表娘女良嫁女家妻一女姓女生"
           u"他亻也的白勺明日月时日寸晚日免昨日乍暗日音"
           u"脏月庄脸月佥胆月旦脚月却肚月土肥月巴胖月半"
           u"嘴口觜叫口丩吓口下喊口咸吵口少吃口乞喝口曷哭口犬听口斤吗口马呢口尼和禾口"
           u"钱钅戋银钅艮铁钅失锁钅小错钅昔销钅肖针钅十钉钅丁"
           u"堵土者地土也场土汤坏土不块土夬址土止坑土亢埋土里"
           u"江氵工红纟工绑纟邦给纟合结纟吉线纟戋"
           u"邻令阝院阝完阴阝月阳阝日陪阝咅"
           u"枪木仓林木木村木寸校木交横木黄杆木干机木几树木对板木反相木目"
           u"故古攵政正攵收丩攵教孝攵放方攵敢耳攵"
           u"公八厶章立音童立里意音心想相心忘亡心怒奴心您你心愿原心恐巩心恨忄艮怕忄白情忄青悔忄每惨忄参恼忄㐫"
           u"跑足包跳足兆路足各跟足艮踢足易蹲足尊踩足采"
           u"家宀豕官宀㠯字宀子宝宀玉安宀女"
           u"请讠青证讠正讨讠寸试讠式误讠吴调讠周谁讠隹诺讠若访讠方许讠午记讠己认讠人"
           u"歉兼欠歌哥欠"
           u"孩子亥孙子小男田力女丿乁孝耂子"
           u"封圭寸查木旦拉扌立条夂木夜亠攵"
           u"律彳聿往彳主徒彳走得彳㝵很彳艮后彳口"
           u"贩贝反贿贝有赔贝咅贴贝占"
           u"弄王廾坏土不弱弓弱张弓长"
           u"社礻土视礻见祸礻呙祖礻且"
           u"短矢豆知矢口矮矢委"
           u"群君羊羞羊丑"
           u"躲身朵躺身尚"
           u"阔门活问门口闭门才闯门马间门日"
           u"房户方所户斤"
           u"鬼甶儿魂云鬼魄白鬼"
           u"废广发店广占床广木应广丷"
           u"物牛勿牲牛生"
           u"超走召起走己赶走干"
           u"村木寸委禾女会人云全人王"
           u"尸尸一屁尸比屎尸米尿尸水"
           u"劫去力动云力助且力劝又力努奴力"
           u"单丷甲卖十买"
           u"弃亠廾"
           u"岁山夕滚氵衮砍石欠贼贝戎逼畐辶逮隶辶辱辰寸骚马蚤扰扌尤喷口贲裸衤果杀乄木偿亻尝债亻責"
           u"话言舌讯言卂证言正诈言乍诉言斥钱金戋银金艮锁金小骗馬扁法水去";
}

std::u16string_view otherReadingsList()
{
    return u"还huan,行hang,长zhang,重chong,乐yue,给ji,着zhao,着zhuo,着zhe,单shan,查zha,都dou,都du,得dei,了liao,地de,的di,调diao,调tiao,"
           u"传zhuan,扎za,落la,露lou,弹dan,便pian,强jiang,参cen,曝bao,血xie,系ji,会kuai,教jiao,觉jiao,假jia,呢ni,吓he,没mo,说shui,"
           u"大dai,车ju,朝zhao,藏zang,处chu,当dang,倒dao,缝feng,干gan,好hao,和huo,角jue,卡qia,壳qiao,勒lei,累lei,论lun,模mu,难nan,"
           u"泊po,铺pu,翘qiao,曲qu,任ren,色shai,厦xia,舍she,省xing,盛cheng,似shi,宿xiu,提di,帖tie,为wei,削xue,校jiao,宁ning,与yu,载zai,"
           u"择zhai,折she,症zheng,中zhong,种zhong,转zhuan,逮dei,划hua,薄bo,剥bao,暴pu,绿lu,略lve,女nv,律lv,虑lv,率lv,率shuai,旅lv,吕lv";
}

} // namespace evenhand::compliance
