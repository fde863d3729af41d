<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>evenhand::ui::BucketBar</name>
    <message>
        <source>Working order</source>
        <translation>工作顺序</translation>
    </message>
    <message>
        <source>Call-backs due</source>
        <translation>到期回电</translation>
    </message>
    <message>
        <source>Broken promises</source>
        <translation>承诺违约</translation>
    </message>
    <message>
        <source>Promises due</source>
        <translation>承诺到期</translation>
    </message>
    <message>
        <source>By priority</source>
        <translation>按优先级</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>暂不可联系</translation>
    </message>
    <message>
        <source>Done today</source>
        <translation>今日已办</translation>
    </message>
    <message numerus="yes">
        <source>%n done today</source>
        <translation>
            <numerusform>今日已办 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>next at %1</source>
        <extracomment>%1 is a time: when the first held-out case may be contacted again</extracomment>
        <translation>最早 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n done</source>
        <extracomment>%1 is an amount, %n cases are done</extracomment>
        <translation>
            <numerusform>%1 · 已办 %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallBar</name>
    <message>
        <source>End call  F10</source>
        <translation>结束通话  F10</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后处理</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallForm</name>
    <message>
        <source>Enter the promised amount.</source>
        <translation>请输入承诺金额。</translation>
    </message>
    <message>
        <source>This is not an amount. Write it like 1234.50.</source>
        <translation>无法识别为金额，请写成 1234.50 的形式。</translation>
    </message>
    <message>
        <source>More than the balance of %1.</source>
        <extracomment>%1 is the balance</extracomment>
        <translation>超过总欠款 %1。</translation>
    </message>
    <message>
        <source>Enter the day of the payment.</source>
        <translation>请输入还款日期。</translation>
    </message>
    <message>
        <source>There is no such day. Write it like 1130 or +3.</source>
        <translation>没有这个日期，请写成 1130 或 +3。</translation>
    </message>
    <message>
        <source>This day is in the past.</source>
        <translation>该日期已过。</translation>
    </message>
    <message>
        <source>Too far away: at the latest %1.</source>
        <extracomment>%1 is a day</extracomment>
        <translation>日期太远：最晚 %1。</translation>
    </message>
    <message>
        <source>Choose what came of the call (Alt+1 … 9).</source>
        <translation>请选择处置结果（Alt+1 … 9）。</translation>
    </message>
    <message>
        <source>The note has a phrase that is not allowed: replace it, mark it as the debtor&apos;s words, or appeal with a reason.</source>
        <translation>备注中有不允许的用语：请替换、标为债务人原话，或说明理由后申诉保留。</translation>
    </message>
    <message>
        <source>This outcome needs a note.</source>
        <translation>该处置结果需要备注。</translation>
    </message>
    <message>
        <source>Choose how they will pay.</source>
        <translation>请选择还款方式。</translation>
    </message>
    <message>
        <source>Choose when to call back.</source>
        <translation>请选择回电时间。</translation>
    </message>
    <message>
        <source>The call-back time has passed.</source>
        <translation>回电时间已过。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallLogModel</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>处置结果</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>right party</source>
        <translation>本人</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallLogPage</name>
    <message>
        <source>Call log</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Note, case number or name</source>
        <translation>备注、案件号或姓名</translation>
    </message>
    <message>
        <source>Search the call log</source>
        <translation>搜索通话记录</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>处置结果</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全部人员</translation>
    </message>
    <message>
        <source>Any outcome</source>
        <translation>全部结果</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>共 %n 通</numerusform>
        </translation>
    </message>
    <message>
        <source>No call chosen</source>
        <translation>未选择通话</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is the name of a fact, %2 its value</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Received by the server</source>
        <translation>服务器接收时间</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Spoke to</source>
        <translation>通话对象</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺还款</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，%2 前</translation>
    </message>
    <message>
        <source>Contact light then</source>
        <translation>当时的触达灯</translation>
    </message>
    <message>
        <source>Server&apos;s ruling</source>
        <translation>服务器判定</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>Phrases found</source>
        <translation>命中用语</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>质检</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallPanel</name>
    <message>
        <source>The draft could not be kept. %1</source>
        <translation>草稿未能保存。%1</translation>
    </message>
    <message>
        <source>The call has ended. Complete the wrap-up.</source>
        <translation>通话已结束，请完成话后处理。</translation>
    </message>
    <message>
        <source>Preparing the script …</source>
        <translation>正在准备话术…</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallbackPicker</name>
    <message>
        <source>Later today</source>
        <translation>今天晚些</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>下周</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不回电</translation>
    </message>
    <message>
        <source>Day: 1130, +3</source>
        <translation>日期：1130、+3</translation>
    </message>
    <message>
        <source>Day of the call-back</source>
        <translation>回电日期</translation>
    </message>
    <message>
        <source>Time: 1430</source>
        <translation>时间：1430</translation>
    </message>
    <message>
        <source>Time of the call-back</source>
        <translation>回电时间</translation>
    </message>
    <message>
        <source>Call back on %1</source>
        <extracomment>%1 is a day and time</extracomment>
        <translation>约定回电 %1</translation>
    </message>
    <message>
        <source>Day or time cannot be read yet.</source>
        <translation>日期或时间还无法识别。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CaseHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Show the name</source>
        <translation>查看姓名</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>总欠款</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期金额</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>下一案件</translation>
    </message>
    <message>
        <source>Leave this case and open the next one (Alt+N)</source>
        <translation>离开本案并打开下一案件 (Alt+N)</translation>
    </message>
    <message>
        <source>Call  F9</source>
        <translation>呼叫  F9</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CasePage</name>
    <message>
        <source>Discard this call?</source>
        <translation>放弃这次通话？</translation>
    </message>
    <message>
        <source>Nothing of it will be recorded, although a number was dialled.</source>
        <translation>虽然已经拨号，但不会留下任何记录。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>This case was taken away meanwhile. Finish and save the call; then it closes.</source>
        <translation>本案已被调走。请完成并保存本次通话，之后案件将关闭。</translation>
    </message>
    <message>
        <source>%1 (since %2)</source>
        <extracomment>%1 is a flag such as &quot;Disputed&quot;, %2 a day and time</extracomment>
        <translation>%1（自 %2）</translation>
    </message>
    <message>
        <source>In force on this case: %1</source>
        <extracomment>%1 is a list of flags</extracomment>
        <translation>本案生效中：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The rule packs cannot be read, so no contact may be made.</source>
        <translation>规则包无法读取，因此不得进行任何联系。</translation>
    </message>
    <message>
        <source>There is no phone number to call.</source>
        <translation>没有可呼叫的电话号码。</translation>
    </message>
    <message>
        <source>%1 Possible again from %2.</source>
        <extracomment>%1 is the reason, %2 a time</extracomment>
        <translation>%1 %2 起可再次联系。</translation>
    </message>
    <message>
        <source>Why do you need to see it?</source>
        <translation>为什么需要查看明文？</translation>
    </message>
    <message>
        <source>It is recorded that you looked, and why. The value is masked again after 30 seconds.</source>
        <translation>查看行为和原因会被记录。30 秒后自动恢复掩码。</translation>
    </message>
    <message>
        <source>To verify who I speak with</source>
        <translation>核实对方身份</translation>
    </message>
    <message>
        <source>To correct it</source>
        <translation>更正信息</translation>
    </message>
    <message>
        <source>To dial by hand</source>
        <translation>手工拨号</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Identity number: %1</source>
        <translation>证件号码：%1</translation>
    </message>
    <message>
        <source>An unfinished call was found</source>
        <translation>发现一通未完成的通话</translation>
    </message>
    <message>
        <source>It was last touched on %1. Nothing of it was saved as a call yet.</source>
        <translation>最后编辑于 %1，尚未保存为通话记录。</translation>
    </message>
    <message>
        <source>Complete it</source>
        <translation>继续完成</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>%1 Press F9 again to call all the same, with a reason.</source>
        <extracomment>%1 is the reason for the warning</extracomment>
        <translation>%1 如仍需呼叫，请再按一次 F9 并说明理由。</translation>
    </message>
    <message>
        <source>%1 Your role may not go on; ask a supervisor.</source>
        <extracomment>%1 is the reason for the warning</extracomment>
        <translation>%1 您的角色无权继续，请联系主管。</translation>
    </message>
    <message>
        <source>Why do you call all the same?</source>
        <translation>为何仍要呼叫？</translation>
    </message>
    <message>
        <source>%1 It is recorded that you went on, and why; supervisors see it.</source>
        <translation>%1 系统将记录您仍继续呼叫及其理由，主管可见。</translation>
    </message>
    <message>
        <source>The person asked for it</source>
        <translation>对方要求联系</translation>
    </message>
    <message>
        <source>It was agreed with the person</source>
        <translation>已与对方约定</translation>
    </message>
    <message>
        <source>It keeps harm from the person</source>
        <translation>为避免对方受损</translation>
    </message>
    <message>
        <source>What the rule goes by is recorded wrongly</source>
        <translation>规则所依据的记录有误</translation>
    </message>
    <message>
        <source>I was told to by a supervisor</source>
        <translation>主管指示</translation>
    </message>
    <message>
        <source>The rules were not asked about this contact: it came from the other side, or was recorded later.</source>
        <translation>此次联系未经规则询问：由对方发起，或为事后补录。</translation>
    </message>
    <message>
        <source>Closed since %1: this computer has not spoken with the server for too long. It opens again at the next contact. You can still write down what happened.</source>
        <translation>自 %1 起不可查看：本机太久没有联系服务器，下次联系后重新开放。发生的事情仍可记录。</translation>
    </message>
    <message>
        <source>The request is saved. It counts when it is approved.</source>
        <translation>申请已保存，批准后生效。</translation>
    </message>
    <message>
        <source>The plan is saved.</source>
        <translation>还款方案已保存。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CasesPage</name>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Name, pinyin (zhs finds 张三), number or case number</source>
        <translation>姓名、拼音（zhs 可找到张三）、号码或案件号</translation>
    </message>
    <message>
        <source>Search all cases</source>
        <translation>搜索全部案件</translation>
    </message>
    <message>
        <source>Cases found</source>
        <translation>找到的案件</translation>
    </message>
    <message numerus="yes">
        <source>the first %n</source>
        <translation>
            <numerusform>前 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CommandPalette</name>
    <message>
        <source>What do you want to do? A command, a name, a case number …</source>
        <translation>想做什么？输入命令、姓名或案件号…</translation>
    </message>
    <message>
        <source>Command or case</source>
        <translation>命令或案件</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ContactPointRow</name>
    <message>
        <source>Show the whole value</source>
        <translation>查看完整内容</translation>
    </message>
    <message>
        <source>being judged …</source>
        <translation>判定中…</translation>
    </message>
    <message>
        <source>may be contacted now</source>
        <translation>现在可以联系</translation>
    </message>
    <message>
        <source>from %1 · %2</source>
        <extracomment>%1 is a time, %2 the reason</extracomment>
        <translation>%1 起 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s), last: %1</source>
        <extracomment>%n attempts so far, %1 what came of the last one</extracomment>
        <translation>
            <numerusform>已联系 %n 次，最近：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>change not sent yet</source>
        <translation>变更尚未上传</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ErrorText</name>
    <message>
        <source>It is not there any more, or it is not yours to see.</source>
        <translation>该内容已不存在，或您无权查看。</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile. Look at it again, then repeat.</source>
        <translation>其他人刚刚修改过。请查看后重试。</translation>
    </message>
    <message>
        <source>Something in the input is not right. Correct it and try again.</source>
        <translation>输入有误，请更正后重试。</translation>
    </message>
    <message>
        <source>This computer&apos;s disk refused to write. Nothing was changed. Try again; if it stays, call your administrator.</source>
        <translation>本机磁盘拒绝写入，没有任何更改。请重试；若仍失败，请联系管理员。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was changed. Free some space and try again.</source>
        <translation>磁盘已满，没有任何更改。请释放空间后重试。</translation>
    </message>
    <message>
        <source>The password does not open the files on this computer.</source>
        <translation>密码无法打开本机上的文件。</translation>
    </message>
    <message>
        <source>A file on this computer is damaged. What is on the server is safe. Call your administrator.</source>
        <translation>本机上的文件已损坏。服务器上的数据是安全的。请联系管理员。</translation>
    </message>
    <message>
        <source>The files on this computer were written by a newer version. Update this program.</source>
        <translation>本机文件由更新版本写入，请升级程序。</translation>
    </message>
    <message>
        <source>The files on this computer are too old to be read. Call your administrator.</source>
        <translation>本机文件过旧，无法读取。请联系管理员。</translation>
    </message>
    <message>
        <source>The server does not answer. Check the address and the network.</source>
        <translation>服务器没有响应。请检查地址和网络。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted, so nothing was sent. Call your administrator.</source>
        <translation>服务器证书不受信任，未发送任何内容。请联系管理员。</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>Your account may not do this.</source>
        <translation>您的账号无权执行此操作。</translation>
    </message>
    <message>
        <source>The server gave an answer this program does not understand. One of the two needs an update.</source>
        <translation>服务器的应答无法识别，程序或服务器需要升级。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is a general sentence, %2 the technical detail in English</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Not saved. %1 Your text is still here.</source>
        <extracomment>%1 says why; the text that could not be saved is still in the field</extracomment>
        <translation>未保存。%1 您的内容仍在这里。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::FactsPanel</name>
    <message>
        <source>Identity number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Show the identity number</source>
        <translation>查看证件号码</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期金额</translation>
    </message>
    <message>
        <source>Principal</source>
        <translation>本金</translation>
    </message>
    <message>
        <source>Interest</source>
        <translation>利息</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Due since</source>
        <translation>应还日</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <extracomment>%1 is an amount, %2 a day</extracomment>
        <translation>%1，%2 前</translation>
    </message>
    <message>
        <source>Other cases of this person</source>
        <translation>此人的其他案件</translation>
    </message>
    <message>
        <source>paid %1</source>
        <translation>已还 %1</translation>
    </message>
    <message>
        <source>Plans and letters</source>
        <translation>方案与函件</translation>
    </message>
    <message>
        <source>Plan…  (Alt+P)</source>
        <translation>还款方案…  (Alt+P)</translation>
    </message>
    <message>
        <source>Write…  (Alt+W)</source>
        <translation>发函/短信…  (Alt+W)</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::Format</name>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>A day as Qt&apos;s date format: day, short month, year</extracomment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <extracomment>A day and time as Qt&apos;s date format</extracomment>
        <translation>yyyy-MM-dd HH:mm</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>明天 %1</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <extracomment>A day without year and a time as Qt&apos;s date format</extracomment>
        <translation>M月d日 HH:mm</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>%1 秒后</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>%1 分钟后</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::GateReplayDialog</name>
    <message>
        <source>%1, on %2</source>
        <extracomment>%1 is a verdict such as &quot;May be contacted&quot;, %2 a day and time</extracomment>
        <translation>%2：%1</translation>
    </message>
    <message>
        <source>Asked again now, with the same facts and the same rules: the same answer.</source>
        <translation>以相同事实、相同规则重新询问：结论一致。</translation>
    </message>
    <message>
        <source>Asked again now, with the same facts and the same rules, the answer is another one: &quot;%1&quot;. Tell the administrator.</source>
        <translation>以相同事实、相同规则重新询问，结论不同：“%1”。请告知管理员。</translation>
    </message>
    <message>
        <source>The rules of that day are not on this computer, so they cannot be asked again here.</source>
        <translation>本机没有当日的规则版本，无法在此重新询问。</translation>
    </message>
    <message>
        <source>Contacts that were counted then are not on this computer any more, so the rules cannot be asked again here.</source>
        <translation>当时计入的部分联系记录已不在本机，无法在此重新询问。</translation>
    </message>
    <message>
        <source>The question was not kept with this contact, so the rules cannot be asked again.</source>
        <translation>该联系未保存当时的询问内容，无法重新询问。</translation>
    </message>
    <message>
        <source>Rules: %1</source>
        <extracomment>%1 is a list of rule packs with versions</extracomment>
        <translation>规则：%1</translation>
    </message>
    <message>
        <source>Somebody went on in spite of it: %1.</source>
        <translation>仍继续呼叫的理由：%1。</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>询问的规则</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Why was this allowed?</source>
        <translation>为何允许此次联系？</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::LedgerModel</name>
    <message>
        <source>Call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺还款</translation>
    </message>
    <message>
        <source>Call-back</source>
        <translation>约定回电</translation>
    </message>
    <message>
        <source>Unmasked data looked at</source>
        <translation>查看明文</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Contact details changed</source>
        <translation>联系方式变更</translation>
    </message>
    <message>
        <source>This computer enrolled</source>
        <translation>本机注册</translation>
    </message>
    <message>
        <source>Recovered draft</source>
        <translation>找回的草稿</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>received by the server on %1</source>
        <extracomment>%1 is a day and time</extracomment>
        <translation>服务器于 %1 接收</translation>
    </message>
    <message>
        <source>the server keeps it but does not process it: %1</source>
        <extracomment>%1 is the reason the server gave</extracomment>
        <translation>服务器已保存但未处理：%1</translation>
    </message>
    <message>
        <source>waits for the next round</source>
        <translation>等待下一轮同步</translation>
    </message>
    <message>
        <source>last attempt got no answer (request %1)</source>
        <extracomment>%1 is the number of the request</extracomment>
        <translation>上次尝试没有应答（请求 %1）</translation>
    </message>
    <message>
        <source>last attempt: %1 (request %2)</source>
        <extracomment>%1 is the code of a problem, %2 the number of the request</extracomment>
        <translation>上次尝试：%1（请求 %2）</translation>
    </message>
    <message>
        <source>last attempt: %1</source>
        <translation>上次尝试：%1</translation>
    </message>
    <message>
        <source>on its way now</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>应答：%1</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>received, in the case</source>
        <translation>已接收，已入案</translation>
    </message>
    <message>
        <source>received, receipt is here</source>
        <translation>已接收，已有回执</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::LockPage</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::MainWindow</name>
    <message>
        <source>Evenhand</source>
        <translation>Evenhand 持平</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::MoneyEdit</name>
    <message>
        <source>Enter an amount.</source>
        <translation>请输入金额。</translation>
    </message>
    <message>
        <source>The amount must be more than zero.</source>
        <translation>金额必须大于零。</translation>
    </message>
    <message>
        <source>This is not an amount. Write it like 1234.50.</source>
        <translation>无法识别为金额，请写成 1234.50 的形式。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::Navigator</name>
    <message>
        <source>Go to %1</source>
        <extracomment>%1 is a page</extracomment>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>下一案件</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::NoteComposer</name>
    <message>
        <source>New note</source>
        <translation>新备注</translation>
    </message>
    <message>
        <source>Facts, no opinions. A saved note is never changed.</source>
        <translation>只写事实，不写看法。备注保存后不可修改。</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>保存备注</translation>
    </message>
    <message>
        <source>Draft from before, not saved as a note yet.</source>
        <translation>之前的草稿，尚未保存为备注。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>The draft could not be kept. %1</source>
        <translation>草稿未能保存。%1</translation>
    </message>
    <message>
        <source>Note saved on this computer.</source>
        <translation>备注已保存在本机。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PhrasePanel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <extracomment>%1 is the phrase found, %2 the reason</extracomment>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Replace by “%1”</source>
        <extracomment>%1 is the safer wording</extracomment>
        <translation>替换为“%1”</translation>
    </message>
    <message>
        <source>The debtor said it</source>
        <translation>债务人原话</translation>
    </message>
    <message>
        <source>Ignore here</source>
        <translation>此处忽略</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Keep and appeal…</source>
        <translation>保留并申诉…</translation>
    </message>
    <message>
        <source>Why the phrase is right here</source>
        <translation>此处为何可用</translation>
    </message>
    <message>
        <source>Why it is right here. The author of the rule reads this.</source>
        <translation>说明此处为何可用，规则作者会看到。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>“%1”: the debtor&apos;s words</source>
        <extracomment>%1 is the phrase; what the writer decided about it</extracomment>
        <translation>“%1”：债务人原话</translation>
    </message>
    <message>
        <source>“%1”: kept, with an appeal</source>
        <translation>“%1”：保留，已申诉</translation>
    </message>
    <message>
        <source>“%1”: ignored here</source>
        <translation>“%1”：此处已忽略</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PhraseTextEdit</name>
    <message>
        <source>Not allowed: “%1”. %2</source>
        <extracomment>Read aloud: %1 is the phrase, %2 the reason</extracomment>
        <translation>禁用表述：“%1”。%2</translation>
    </message>
    <message>
        <source>Alt+Enter: “%1”</source>
        <extracomment>%1 is the wording that would replace the phrase</extracomment>
        <translation>Alt+Enter 替换为：“%1”</translation>
    </message>
    <message>
        <source>Finish the word you are composing first.</source>
        <translation>请先完成正在输入的字词。</translation>
    </message>
    <message>
        <source>The rules are not loaded yet, so nothing can be sent.</source>
        <translation>规则尚未载入，暂不能发送。</translation>
    </message>
    <message>
        <source>This cannot be sent: it has a phrase that is not allowed, or lacks one that is required. Change the wording.</source>
        <translation>不能发送：含有不允许的用语，或缺少必须的内容。请修改措辞。</translation>
    </message>
    <message>
        <source>There is a phrase that is not allowed: replace it, mark it as the debtor&apos;s words, or appeal with a reason.</source>
        <translation>有不允许的用语：请替换、标为债务人原话，或说明理由后申诉保留。</translation>
    </message>
    <message>
        <source>Replace by “%1”</source>
        <extracomment>%1 is the safer wording</extracomment>
        <translation>替换为“%1”</translation>
    </message>
    <message>
        <source>This is what the debtor said</source>
        <translation>这是债务人说的话</translation>
    </message>
    <message>
        <source>Ignore here</source>
        <translation>此处忽略</translation>
    </message>
    <message>
        <source>Keep it and appeal…</source>
        <translation>保留并申诉…</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PressureMeter</name>
    <message>
        <source>Calls, messages and visits from us to this person, in all of their cases you can see. The bars are days, today on the right.</source>
        <translation>我方对此人的电话、信息和外访，含您可见的其全部案件。每条代表一天，最右为今天。</translation>
    </message>
    <message>
        <source>Contacted %1× in 7 days, %2× in 30 days</source>
        <extracomment>%1 and %2 are numbers of contacts</extracomment>
        <translation>近 7 天联系 %1 次，近 30 天 %2 次</translation>
    </message>
    <message numerus="yes">
        <source>%n talk(s)</source>
        <translation>
            <numerusform>通话 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>over %n case(s)</source>
        <translation>
            <numerusform>涉及 %n 个案件</numerusform>
        </translation>
    </message>
    <message>
        <source>last %1</source>
        <extracomment>%1 is how long ago</extracomment>
        <translation>最近 %1</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PromiseForm</name>
    <message>
        <source>Promised amount</source>
        <translation>承诺金额</translation>
    </message>
    <message>
        <source>Pays on</source>
        <translation>还款日期</translation>
    </message>
    <message>
        <source>How</source>
        <translation>还款方式</translation>
    </message>
    <message>
        <source>1130, 30, +3</source>
        <translation>1130、30、+3</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::QueueModel</name>
    <message>
        <source>Light</source>
        <translation>触达</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>总欠款</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期金额</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最近联系</translation>
    </message>
    <message>
        <source>Creditor</source>
        <translation>委托方</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>未上传</translation>
    </message>
    <message>
        <source>Not judged yet</source>
        <translation>尚未判定</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Call back %1</source>
        <extracomment>%1 is a time</extracomment>
        <translation>回电 %1</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>Promise of %1 broken</source>
        <extracomment>%1 is an amount</extracomment>
        <translation>承诺 %1 已违约</translation>
    </message>
    <message>
        <source>Promise broken</source>
        <translation>承诺违约</translation>
    </message>
    <message>
        <source>Promise of %1 due %2</source>
        <extracomment>%1 is an amount, %2 a day</extracomment>
        <translation>承诺 %1，%2 到期</translation>
    </message>
    <message>
        <source>Promise due</source>
        <translation>承诺到期</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Not before %1</source>
        <extracomment>%1 is a time</extracomment>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>Not until the hold is lifted</source>
        <translation>暂停解除之前不可联系</translation>
    </message>
    <message>
        <source>Done today</source>
        <translation>今日已办</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::Rail</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Call log</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ScriptCard</name>
    <message>
        <source>Conversation step</source>
        <translation>话术环节</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Continue  ⏎</source>
        <translation>继续  ⏎</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1：已完成</translation>
    </message>
    <message>
        <source>%1: still to do</source>
        <translation>%1：待完成</translation>
    </message>
    <message>
        <source>🔒 Locked until you know that you speak with the right person. Go back and ask.</source>
        <translation>🔒 确认对方为本人之前，此内容锁定。请返回核实身份。</translation>
    </message>
    <message>
        <source>Say it word by word. %1</source>
        <extracomment>%1 is the source of the wording</extracomment>
        <translation>请逐字宣读。%1</translation>
    </message>
    <message>
        <source>If they say …</source>
        <translation>如果对方说…</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SearchModel</name>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>总欠款</translation>
    </message>
    <message>
        <source>Portfolio</source>
        <translation>委托批次</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Further certificate authority (PEM file)</source>
        <translation>附加证书机构（PEM 文件）</translation>
    </message>
    <message>
        <source>Numbers are</source>
        <translation>号码处理方式</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>copied, and shown</source>
        <translation>复制并显示</translation>
    </message>
    <message>
        <source>handed to the tel: program</source>
        <translation>交给 tel: 程序</translation>
    </message>
    <message>
        <source>handed to a command</source>
        <translation>交给命令</translation>
    </message>
    <message>
        <source>{number} stands for the number. The program is started directly, never through a shell.</source>
        <translation>{number} 代表号码。程序直接启动，不经过命令行解释器。</translation>
    </message>
    <message>
        <source>The settings hold until you quit, but could not be written. %1</source>
        <translation>设置在退出前有效，但未能写入。%1</translation>
    </message>
    <message>
        <source>The command needs {number} where the number goes; until then numbers are copied.</source>
        <translation>命令中需要用 {number} 表示号码；在此之前号码只会被复制。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SignInPage</name>
    <message>
        <source>Evenhand</source>
        <translation>Evenhand 持平</translation>
    </message>
    <message>
        <source>Fair collection, one conversation at a time</source>
        <translation>公平催收，从每一次对话开始</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Show or hide the password</source>
        <translation>显示或隐藏密码</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>You have signed in on this computer before: this also works without a network.</source>
        <translation>您曾在本机登录过：没有网络也可以登录。</translation>
    </message>
    <message>
        <source>The first sign-in on this computer needs the server. Afterwards it also works without a network.</source>
        <translation>在本机首次登录需要连接服务器，之后没有网络也可以登录。</translation>
    </message>
    <message>
        <source>This user is already signed in on this computer in another window.</source>
        <translation>该用户已在本机的另一个窗口登录。</translation>
    </message>
    <message>
        <source>This account or this computer is switched off on the server. Ask your administrator.</source>
        <translation>该账号或本机已被服务器停用，请联系管理员。</translation>
    </message>
    <message>
        <source>The address cannot be used. Write it like https://collect.example, without a path; plain http only for this computer.</source>
        <translation>地址无法使用。请写成 https://collect.example 的形式，不带路径；仅本机可使用 http。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::StatusStrip</name>
    <message>
        <source>Saved here %1 · on the server %2</source>
        <extracomment>%1 and %2 are counts of recorded entries</extracomment>
        <translation>本机已存 %1 · 服务器 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent, oldest %1</source>
        <translation>
            <numerusform>%n 条未上传，最早 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>next attempt %1</source>
        <translation>下次尝试 %1</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Lock (Ctrl+L)</source>
        <translation>锁定 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SyncPage</name>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Use the network</source>
        <translation>使用网络</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password for the server</source>
        <translation>服务器密码</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Which entries</source>
        <translation>显示哪些</translation>
    </message>
    <message>
        <source>saved on this computer</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>已到服务器</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>未上传</translation>
    </message>
    <message>
        <source>set aside by the server</source>
        <translation>被服务器搁置</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未上传</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>last contact %1</source>
        <translation>最近连接 %1</translation>
    </message>
    <message>
        <source>oldest unsent %1</source>
        <translation>最早未上传 %1</translation>
    </message>
    <message>
        <source>next attempt %1</source>
        <translation>下次尝试 %1</translation>
    </message>
    <message>
        <source>Last failure on %1: %2</source>
        <translation>上次失败 %1：%2</translation>
    </message>
    <message>
        <source>Request %1.</source>
        <translation>请求编号 %1。</translation>
    </message>
    <message>
        <source>What would be lost?</source>
        <translation>会丢失什么？</translation>
    </message>
    <message>
        <source>Compare with the server</source>
        <translation>与服务器核对</translation>
    </message>
    <message>
        <source>Reads every row here again and compares it with the server; what differs is fetched again.</source>
        <translation>重新读取本机的每一行并与服务器比对，不一致的重新获取。</translation>
    </message>
    <message>
        <source>Let them go</source>
        <translation>允许移除</translation>
    </message>
    <message>
        <source>recordings not sent yet</source>
        <translation>未上传的录音</translation>
    </message>
    <message>
        <source>Not safe yet</source>
        <translation>尚未送达</translation>
    </message>
    <message>
        <source>Let these cases go?</source>
        <translation>允许移除这些案件？</translation>
    </message>
    <message>
        <source>Ask your supervisor first. What you recorded about them stays and is delivered.</source>
        <translation>请先询问主管。您对这些案件的记录会保留并送达。</translation>
    </message>
    <message>
        <source>Keep them for now</source>
        <translation>暂时保留</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>The last attempt did not get through.</source>
        <translation>上一次尝试没有成功。</translation>
    </message>
    <message>
        <source>sending a recording: %1 %</source>
        <translation>正在上传录音：%1%</translation>
    </message>
    <message>
        <source>recordings: %1</source>
        <translation>录音：%1</translation>
    </message>
    <message>
        <source>compared with the server %1</source>
        <translation>与服务器核对于%1</translation>
    </message>
    <message numerus="yes">
        <source>%n parts put right</source>
        <translation>
            <numerusform>已修复 %n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cases are gone from the server&apos;s view without an order; your supervisor should know</source>
        <translation>
            <numerusform>%n 件案件在没有指令的情况下从服务器消失，请告知主管</numerusform>
        </translation>
    </message>
    <message>
        <source>cases are closed until the server is reached</source>
        <translation>联系到服务器之前案件不可查看</translation>
    </message>
    <message>
        <source>readable without the network until %1</source>
        <translation>无网络可查看至 %1</translation>
    </message>
    <message>
        <source>The server would take away %1 of %2 cases, and nobody ordered it. It was held back; you still see all of them.</source>
        <translation>服务器要收回 %2 件案件中的 %1 件，但没有任何指令。已拦下，您仍能看到全部案件。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SyncText</name>
    <message>
        <source>Connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Online, syncing</source>
        <translation>在线，同步中</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>需要密码</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>证书不受信任</translation>
    </message>
    <message>
        <source>Wrong server</source>
        <translation>服务器不符</translation>
    </message>
    <message>
        <source>The server cannot be reached. You can go on working: everything is saved on this computer and is sent as soon as the network is back.</source>
        <translation>无法连接服务器。您可以继续工作：所有内容都已保存在本机，网络恢复后自动上传。</translation>
    </message>
    <message>
        <source>Sending is switched off on this computer. Everything is saved here.</source>
        <translation>本机已关闭上传。所有内容都保存在本机。</translation>
    </message>
    <message>
        <source>The server asks for your password again before it gives you new cases. What you record is still handed in.</source>
        <translation>服务器要求再次输入密码后才会下发新案件。您的记录仍会上传。</translation>
    </message>
    <message>
        <source>At this address answers a server with other data. Nothing is sent to it. Call your administrator.</source>
        <translation>该地址的服务器数据不符，未向其发送任何内容。请联系管理员。</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n 份草稿</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recordings (%1)</source>
        <translation>
            <numerusform>%n 份录音（%1）</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Safe to leave: everything recorded here is on the server.</source>
        <translation>可以离开：这里记录的内容都已在服务器上。</translation>
    </message>
    <message>
        <source>Only on this computer: %1. Finish and save them, or they stay here.</source>
        <translation>只在本机：%1。请完成并保存，否则会一直留在本机。</translation>
    </message>
    <message>
        <source>Not safe to leave: %1 would be lost with this computer, and they cannot be sent now.</source>
        <translation>现在离开不安全：%1会随本机丢失，而且目前无法上传。</translation>
    </message>
    <message>
        <source>Not safe to leave yet: %1 are on their way to the server.</source>
        <translation>暂时不要离开：%1正在上传到服务器。</translation>
    </message>
    <message>
        <source>the server did not answer</source>
        <translation>服务器没有应答</translation>
    </message>
    <message>
        <source>this program ended before the answer came</source>
        <translation>应答到来之前程序已关闭</translation>
    </message>
    <message>
        <source>the server is busy and asked to wait</source>
        <translation>服务器繁忙，要求稍候</translation>
    </message>
    <message>
        <source>the server had a fault of its own; your administrator sees it in its log</source>
        <translation>服务器内部出错，管理员可在日志中查看</translation>
    </message>
    <message>
        <source>the server&apos;s disk is full; your administrator must make room</source>
        <translation>服务器磁盘已满，需管理员清理空间</translation>
    </message>
    <message>
        <source>it was too large for one request; it is sent in smaller pieces</source>
        <translation>一次请求放不下，将分成更小的部分发送</translation>
    </message>
    <message>
        <source>the session had ended; a new one is opened</source>
        <translation>会话已结束，正在重新建立</translation>
    </message>
    <message>
        <source>this computer was switched off at the server; call your administrator</source>
        <translation>服务器已停用本机，请联系管理员</translation>
    </message>
    <message>
        <source>a server with other data answered; nothing was sent to it</source>
        <translation>应答的是另一套数据的服务器，没有向它发送任何内容</translation>
    </message>
    <message>
        <source>the server&apos;s receipt could not be proven, so it does not count</source>
        <translation>服务器的回执无法验证，不予承认</translation>
    </message>
    <message>
        <source>the server could not read it; it is tried again, at last as raw bytes</source>
        <translation>服务器无法读取，将重试，最后以原始字节送达</translation>
    </message>
    <message>
        <source>the server would take away many cases without an order; that was held back</source>
        <translation>服务器要在没有指令的情况下收回大量案件，已被拦下</translation>
    </message>
    <message>
        <source>the server does not know the entry it belongs to yet</source>
        <translation>服务器还没有收到它所属的记录</translation>
    </message>
    <message>
        <source>the file on this computer is missing or cannot be read</source>
        <translation>本机上的文件缺失或无法读取</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::TimelineModel</name>
    <message>
        <source>saved here</source>
        <translation>已存本机</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>已到服务器</translation>
    </message>
    <message>
        <source>set aside by the server</source>
        <translation>被服务器搁置</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is the channel (Call), %2 what came of it</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Promised %1 by %2</source>
        <extracomment>%1 is an amount, %2 a day</extracomment>
        <translation>承诺 %2 前还款 %1</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <extracomment>%1 is an amount</extracomment>
        <translation>还款 %1</translation>
    </message>
    <message>
        <source>Call back on %1</source>
        <extracomment>%1 is a day and time</extracomment>
        <translation>约定回电 %1</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>约定回电</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>%1: set</source>
        <extracomment>%1 is a flag such as &quot;Disputed&quot;</extracomment>
        <translation>%1：已设置</translation>
    </message>
    <message>
        <source>%1: lifted</source>
        <translation>%1：已解除</translation>
    </message>
    <message>
        <source>Looked at unmasked data</source>
        <translation>查看明文</translation>
    </message>
    <message>
        <source>Contact details changed</source>
        <translation>联系方式变更</translation>
    </message>
    <message>
        <source>Recovered draft</source>
        <translation>找回的草稿</translation>
    </message>
    <message>
        <source>right party</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Enter: why was this allowed?</source>
        <translation>回车：为何允许此次联系？</translation>
    </message>
    <message>
        <source>in spite of &quot;%1&quot;: %2</source>
        <extracomment>%1 is a verdict such as &quot;warning&quot;, %2 the reason somebody gave for going on</extracomment>
        <translation>在“%1”情况下继续：%2</translation>
    </message>
    <message>
        <source>Recording, recovered after a crash</source>
        <translation>录音（程序异常退出后已恢复）</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Recording exported</source>
        <translation>录音已导出</translation>
    </message>
    <message>
        <source>Comment on the recording</source>
        <translation>录音点评</translation>
    </message>
    <message>
        <source>Recording played</source>
        <translation>录音被收听</translation>
    </message>
    <message>
        <source>Payment of %1 was reversed</source>
        <translation>还款 %1 已冲正</translation>
    </message>
    <message>
        <source>Plan asked for: %1, %2</source>
        <translation>申请方案：%1，%2</translation>
    </message>
    <message>
        <source>Plan asked for</source>
        <translation>申请方案</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::TodayPage</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Search name, pinyin, number or case  (Ctrl+F)</source>
        <translation>搜索姓名、拼音、号码或案件  (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search all cases</source>
        <translation>搜索全部案件</translation>
    </message>
    <message>
        <source>Queue in working order</source>
        <translation>按工作顺序排列的队列</translation>
    </message>
    <message>
        <source>Nothing here. Cases appear when they are assigned to you and have arrived from the server.</source>
        <translation>这里没有案件。案件分配给您并从服务器下发后会显示在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>共 %n 个案件</numerusform>
        </translation>
    </message>
    <message>
        <source>lights are being worked out …</source>
        <translation>正在判定触达灯…</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::Words</name>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>Guarantor</source>
        <translation>担保人</translation>
    </message>
    <message>
        <source>Joint obligor</source>
        <translation>共同债务人</translation>
    </message>
    <message>
        <source>Related person</source>
        <translation>相关第三人</translation>
    </message>
    <message>
        <source>Contact person</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Landline</source>
        <translation>座机</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Messenger</source>
        <translation>即时通讯</translation>
    </message>
    <message>
        <source>from the contract</source>
        <translation>合同所留</translation>
    </message>
    <message>
        <source>left by the debtor</source>
        <translation>债务人预留</translation>
    </message>
    <message>
        <source>authorised</source>
        <translation>已授权</translation>
    </message>
    <message>
        <source>public source</source>
        <translation>公开来源</translation>
    </message>
    <message>
        <source>told by a contact</source>
        <translation>联系人告知</translation>
    </message>
    <message>
        <source>from a bureau</source>
        <translation>征信机构</translation>
    </message>
    <message>
        <source>source unknown</source>
        <translation>来源不明</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>在用</translation>
    </message>
    <message>
        <source>dead number</source>
        <translation>失效号码</translation>
    </message>
    <message>
        <source>belongs to someone else</source>
        <translation>已换机主</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>尚未联系</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>信函</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>外访</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>已通话</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>语音信箱</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>停机或关机</translation>
    </message>
    <message>
        <source>Number does not exist</source>
        <translation>空号</translation>
    </message>
    <message>
        <source>Wrong person</source>
        <translation>非本人</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Met in person</source>
        <translation>已见面</translation>
    </message>
    <message>
        <source>Nobody met</source>
        <translation>未见到</translation>
    </message>
    <message>
        <source>Asked us to stop</source>
        <translation>要求停止联系</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>有异议</translation>
    </message>
    <message>
        <source>Represented by a lawyer</source>
        <translation>委托律师</translation>
    </message>
    <message>
        <source>Bankruptcy</source>
        <translation>破产</translation>
    </message>
    <message>
        <source>Plan in force</source>
        <translation>还款方案生效</translation>
    </message>
    <message>
        <source>Hardship</source>
        <translation>经济困难</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Vulnerable</source>
        <translation>特殊群体</translation>
    </message>
    <message>
        <source>Deceased</source>
        <translation>已故</translation>
    </message>
    <message>
        <source>Not at work</source>
        <translation>不得联系单位</translation>
    </message>
    <message>
        <source>Channel refused</source>
        <translation>拒绝该渠道</translation>
    </message>
    <message>
        <source>Third person refused</source>
        <translation>第三人拒绝</translation>
    </message>
    <message>
        <source>Time-barred</source>
        <translation>超过时效</translation>
    </message>
    <message>
        <source>Validation period</source>
        <translation>确认期</translation>
    </message>
    <message>
        <source>Contact lost</source>
        <translation>失联</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已结清</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已退案</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Field collector</source>
        <translation>外访员</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Quality assurance</source>
        <translation>质检</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待履行</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已履行</translation>
    </message>
    <message>
        <source>partly kept</source>
        <translation>部分履行</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>已违约</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>May be contacted</source>
        <translation>可联系</translation>
    </message>
    <message>
        <source>With care</source>
        <translation>谨慎联系</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>禁止</translation>
    </message>
    <message>
        <source>Lender&apos;s app</source>
        <translation>委托方 App</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>Bank counter</source>
        <translation>银行柜台</translation>
    </message>
    <message>
        <source>Direct debit</source>
        <translation>自动扣款</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>WeChat Pay</source>
        <translation>微信支付</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>其他方式</translation>
    </message>
    <message>
        <source>self</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>spouse</source>
        <translation>配偶</translation>
    </message>
    <message>
        <source>parent</source>
        <translation>父母</translation>
    </message>
    <message>
        <source>child</source>
        <translation>子女</translation>
    </message>
    <message>
        <source>sibling</source>
        <translation>兄弟姐妹</translation>
    </message>
    <message>
        <source>friend</source>
        <translation>朋友</translation>
    </message>
    <message>
        <source>colleague</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>亲属</translation>
    </message>
    <message>
        <source>employer</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Needs approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Outside the rules</source>
        <translation>不合规则</translation>
    </message>
    <message>
        <source>Superseded</source>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>the person asked for it</source>
        <translation>对方要求联系</translation>
    </message>
    <message>
        <source>it was agreed with the person</source>
        <translation>已与对方约定</translation>
    </message>
    <message>
        <source>it keeps harm from the person</source>
        <translation>为避免对方受损</translation>
    </message>
    <message>
        <source>what the rule goes by is recorded wrongly</source>
        <translation>规则所依据的记录有误</translation>
    </message>
    <message>
        <source>told to by a supervisor</source>
        <translation>主管指示</translation>
    </message>
    <message>
        <source>waits for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>not approved</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已终止</translation>
    </message>
    <message>
        <source>Request withdrawn</source>
        <translation>申请已撤回</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::WrapUpPanel</name>
    <message>
        <source>Outcome  (Alt+number)</source>
        <translation>处置结果  (Alt+数字)</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺还款</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note about the call</source>
        <translation>通话备注</translation>
    </message>
    <message>
        <source>What was said and agreed. Facts, no opinions.</source>
        <translation>记录对话与约定。只写事实，不写看法。</translation>
    </message>
    <message>
        <source>Discard call</source>
        <translation>放弃通话</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save and next  (Ctrl+Enter)</source>
        <translation>保存并下一案  (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Put on hold: %1</source>
        <extracomment>%1 is a flag such as &quot;Disputed&quot;</extracomment>
        <translation>标记并暂停：%1</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::LeaveDialog</name>
    <message>
        <source>Draft: %1</source>
        <translation>草稿：%1</translation>
    </message>
    <message>
        <source>Recording, %1</source>
        <translation>录音，%1</translation>
    </message>
    <message>
        <source>Safe to leave?</source>
        <translation>可以离开吗？</translation>
    </message>
    <message>
        <source>Nothing would be lost: everything recorded here is on the server.</source>
        <translation>不会丢失任何内容：这里记录的都已在服务器上。</translation>
    </message>
    <message>
        <source>If this computer broke or were stolen now, this would be lost: %1.</source>
        <translation>如果本机现在损坏或被盗，会丢失：%1。</translation>
    </message>
    <message>
        <source>Signing out keeps it on this computer. It goes to the server after the next sign-in here.</source>
        <translation>退出登录后这些内容仍留在本机，下次在此登录后上传。</translation>
    </message>
    <message>
        <source>What only this computer has</source>
        <translation>只存在于本机的内容</translation>
    </message>
    <message>
        <source>Sign out all the same</source>
        <translation>仍然退出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stay, and send now</source>
        <translation>留下并立即发送</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ExportDialog</name>
    <message>
        <source>Export the recording</source>
        <translation>导出录音</translation>
    </message>
    <message>
        <source>Choose a reason</source>
        <translation>请选择原因</translation>
    </message>
    <message>
        <source>WAV, plays everywhere</source>
        <translation>WAV，任何播放器可用</translation>
    </message>
    <message>
        <source>Ogg Opus, as it was recorded</source>
        <translation>Ogg Opus，原始编码</translation>
    </message>
    <message>
        <source>The copy is not encrypted. It carries the case number and the hash of the recording; who exported it, and why, is on record.</source>
        <translation>导出的文件不加密，文件内写有案件编号和录音哈希；导出人和原因会留痕。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PlayerPanel</name>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Levels of the recording</source>
        <translation>录音波形</translation>
    </message>
    <message>
        <source>Marks of the recording</source>
        <translation>录音标记</translation>
    </message>
    <message>
        <source>Skip silence  S</source>
        <translation>跳过静音  S</translation>
    </message>
    <message>
        <source>Repeat  L</source>
        <translation>循环  L</translation>
    </message>
    <message>
        <source>Comment  C</source>
        <translation>点评  C</translation>
    </message>
    <message>
        <source>Export …  E</source>
        <translation>导出…  E</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>点评</translation>
    </message>
    <message>
        <source>Space plays  ·  ← → 5 s, with Shift 1 s, with Ctrl 30 s  ·  0 … 9 tenths  ·  N P marks  ·  + − speed  ·  Z X zoom</source>
        <translation>空格 播放  ·  ← → 5 秒，加 Shift 1 秒，加 Ctrl 30 秒  ·  0 … 9 按十分之一跳转  ·  N P 标记  ·  + − 速度  ·  Z X 缩放</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>缺失 %1</translation>
    </message>
    <message>
        <source>from the server</source>
        <translation>来自服务器</translation>
    </message>
    <message>
        <source>Gap: %1</source>
        <translation>中断：%1</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>已略去：%1</translation>
    </message>
    <message>
        <source>Phrase: %1</source>
        <translation>话术命中：%1</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Outcome: %1</source>
        <translation>处置结果：%1</translation>
    </message>
    <message>
        <source>Step: %1</source>
        <translation>环节：%1</translation>
    </message>
    <message>
        <source>Damaged: cannot be heard any more</source>
        <translation>已损坏：无法收听</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>  fetching …</source>
        <translation>  正在获取…</translation>
    </message>
    <message>
        <source>Repeat to here  L</source>
        <translation>循环到此处  L</translation>
    </message>
    <message>
        <source>Comment at %1: Enter saves, Esc drops it</source>
        <translation>在 %1 处点评：回车保存，Esc 放弃</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>The recording is still being fetched, or the folder is not there. Try again in a moment.</source>
        <translation>录音仍在获取，或目标文件夹不存在，请稍后再试。</translation>
    </message>
    <message>
        <source>Not exported. %1</source>
        <translation>未导出。%1</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::RecordingStrip</name>
    <message>
        <source>You</source>
        <translation>本方</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Level of your microphone</source>
        <translation>本方麦克风音量</translation>
    </message>
    <message>
        <source>Level of the other side</source>
        <translation>对方音量</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>未在录音</translation>
    </message>
    <message>
        <source>Not recorded here</source>
        <translation>本机不录音</translation>
    </message>
    <message>
        <source>Recording saved</source>
        <translation>录音已保存</translation>
    </message>
    <message>
        <source>Recording starts …</source>
        <translation>正在开始录音…</translation>
    </message>
    <message>
        <source>Saving the recording …</source>
        <translation>正在保存录音…</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>已略去：%1</translation>
    </message>
    <message>
        <source>Recording  %1</source>
        <translation>录音中  %1</translation>
    </message>
    <message>
        <source>The disk is slow; %1 are not written yet.</source>
        <translation>磁盘较慢，还有 %1 未写入。</translation>
    </message>
    <message>
        <source>The disk is nearly full.</source>
        <translation>磁盘空间即将用尽。</translation>
    </message>
    <message>
        <source>Record again  Alt+M</source>
        <translation>恢复录音  Alt+M</translation>
    </message>
    <message>
        <source>Leave out …  Alt+M</source>
        <translation>略去…  Alt+M</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SoundSettings</name>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Calls are recorded</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>Your microphone</source>
        <translation>本方麦克风</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>对方声音</translation>
    </message>
    <message>
        <source>here, when there is a microphone</source>
        <translation>本机录音（有麦克风时）</translation>
    </message>
    <message>
        <source>here, always: no call without</source>
        <translation>本机录音，无录音不得外呼</translation>
    </message>
    <message>
        <source>by the telephone system</source>
        <translation>由电话系统录音</translation>
    </message>
    <message>
        <source>not at all, where the rules leave it open</source>
        <translation>不录音（仅在规则允许时）</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>is not recorded separately</source>
        <translation>不单独录制</translation>
    </message>
    <message>
        <source>Test the sound</source>
        <translation>测试声音</translation>
    </message>
    <message>
        <source>Speak now: one second is recorded, then played …</source>
        <translation>请讲话：录制一秒后播放…</translation>
    </message>
    <message>
        <source>(not plugged in)</source>
        <translation>（未接入）</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SoundText</name>
    <message>
        <source>Card or account number</source>
        <translation>卡号或账号</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>Somebody else speaks</source>
        <translation>旁人说话</translation>
    </message>
    <message>
        <source>Other reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Court or arbitration</source>
        <translation>诉讼或仲裁</translation>
    </message>
    <message>
        <source>Regulator asks</source>
        <translation>监管要求</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>培训</translation>
    </message>
    <message>
        <source>device unplugged</source>
        <translation>设备已拔出</translation>
    </message>
    <message>
        <source>no device</source>
        <translation>没有设备</translation>
    </message>
    <message>
        <source>sound system failed</source>
        <translation>声音系统故障</translation>
    </message>
    <message>
        <source>device in use</source>
        <translation>设备被占用</translation>
    </message>
    <message>
        <source>computer asleep</source>
        <translation>电脑休眠</translation>
    </message>
    <message>
        <source>nothing came in</source>
        <translation>没有声音输入</translation>
    </message>
    <message>
        <source>sides brought together</source>
        <translation>两路对齐</translation>
    </message>
    <message>
        <source>Recovered after a crash</source>
        <translation>异常退出后恢复</translation>
    </message>
    <message>
        <source>Ended early: the disk was full</source>
        <translation>提前结束：磁盘已满</translation>
    </message>
    <message>
        <source>Ended early: the disk failed</source>
        <translation>提前结束：磁盘故障</translation>
    </message>
    <message>
        <source>Your microphone is gone; recording with %1.</source>
        <translation>原麦克风已断开，正用 %1 录音。</translation>
    </message>
    <message>
        <source>your side</source>
        <translation>本方</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Nothing comes in from %1: %2.</source>
        <translation>%1没有声音：%2。</translation>
    </message>
    <message>
        <source>This computer has no sound system, or it is not running. Ask your administrator to start it.</source>
        <translation>本机没有声音系统，或声音系统未运行。请联系管理员。</translation>
    </message>
    <message>
        <source>There is no microphone. Plug in the headset.</source>
        <translation>没有麦克风，请接上耳麦。</translation>
    </message>
    <message>
        <source>The chosen microphone is not plugged in. Plug it in, or choose another one above.</source>
        <translation>所选麦克风未接入。请接上，或在上方另选一个。</translation>
    </message>
    <message>
        <source>The microphone cannot be opened: another program holds it, or Evenhand may not use it. Close other programs that record, or allow it in the system&apos;s privacy settings.</source>
        <translation>麦克风无法打开：被其他程序占用，或未授权。请关闭其他录音程序，或在系统隐私设置中允许持平使用麦克风。</translation>
    </message>
    <message>
        <source>The microphone is open but delivers nothing. Unplug it and plug it in again.</source>
        <translation>麦克风已打开但没有数据，请拔下重新插入。</translation>
    </message>
    <message>
        <source>The microphone is silent: it is muted. Look for a switch on the cable, and for the volume in the system&apos;s sound settings.</source>
        <translation>麦克风无声：已被静音。请检查线上的静音开关和系统的输入音量。</translation>
    </message>
    <message>
        <source>The microphone is far too quiet. Turn it up in the system&apos;s sound settings, and speak while the test runs.</source>
        <translation>麦克风音量过低。请在系统声音设置中调高，并在测试时讲话。</translation>
    </message>
    <message>
        <source>The microphone is too loud and distorts. Turn it down in the system&apos;s sound settings.</source>
        <translation>麦克风音量过大，声音失真。请在系统声音设置中调低。</translation>
    </message>
    <message>
        <source>There is no loudspeaker or headset. Plug in the headset.</source>
        <translation>没有扬声器或耳机，请接上耳麦。</translation>
    </message>
    <message>
        <source>The loudspeaker cannot be used: another program holds it, or the sound system hangs.</source>
        <translation>扬声器无法使用：被其他程序占用，或声音系统无响应。</translation>
    </message>
    <message>
        <source>All is well: one second was recorded with %1 and played on %2.</source>
        <translation>一切正常：已用 %1 录制一秒，并在 %2 上播放。</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) recovered after a crash (%1 in all).</source>
        <translation>
            <numerusform>程序异常退出后恢复了 %n 段录音（共 %1）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cannot be read and are kept for support.</source>
        <translation>
            <numerusform>%n 段录音无法读取，已保留以便排查。</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording stopped: the disk is full. What was recorded is kept, and notes are still saved. Free some space.</source>
        <translation>录音已停止：磁盘已满。已录内容保留，备注仍可保存。请清理磁盘空间。</translation>
    </message>
    <message>
        <source>Nothing was recorded: no sound came in.</source>
        <translation>没有录到声音。</translation>
    </message>
    <message>
        <source>Recording stopped. %1</source>
        <translation>录音已停止。%1</translation>
    </message>
    <message>
        <source>The server does not let you hear this recording.</source>
        <translation>服务器不允许您收听这段录音。</translation>
    </message>
    <message>
        <source>The server does not have this recording yet, or you may not hear it.</source>
        <translation>服务器尚未收到这段录音，或您无权收听。</translation>
    </message>
    <message>
        <source>There is no loudspeaker to play on. Test the sound in Settings.</source>
        <translation>没有可用的扬声器。请在设置中测试声音。</translation>
    </message>
    <message>
        <source>The recording is damaged; what can still be read is played.</source>
        <translation>录音已损坏，仍可读取的部分照常播放。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ApprovalsPage</name>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Nothing waits for a decision.</source>
        <translation>没有待审批的申请。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>Number of the written decision</source>
        <translation>书面决定的编号</translation>
    </message>
    <message>
        <source>Reason; needed to turn a request down</source>
        <translation>理由（驳回时必填）</translation>
    </message>
    <message>
        <source>Reason for the decision</source>
        <translation>审批理由</translation>
    </message>
    <message>
        <source>Turn down  (Alt+R)</source>
        <translation>驳回  (Alt+R)</translation>
    </message>
    <message>
        <source>Approve  (Alt+A)</source>
        <translation>批准  (Alt+A)</translation>
    </message>
    <message>
        <source>Open case  (Enter)</source>
        <translation>打开案件  (Enter)</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 项待审批</numerusform>
        </translation>
    </message>
    <message>
        <source>Promise above the limits</source>
        <translation>超出权限的承诺</translation>
    </message>
    <message>
        <source>You asked for this yourself: somebody else has to decide.</source>
        <translation>这是您本人提交的申请，须由他人审批。</translation>
    </message>
    <message>
        <source>Above your own limits. The legal department decides in writing; enter the number of its decision.</source>
        <translation>超出您本人的权限，须由法务部门书面决定；请填写书面决定的编号。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Why it needs you</source>
        <translation>超限事项</translation>
    </message>
    <message>
        <source>Reason given</source>
        <translation>申请理由</translation>
    </message>
    <message>
        <source>Asked for by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Debt</source>
        <translation>欠款</translation>
    </message>
    <message numerus="yes">
        <source>%1, of this %2 overdue by %n day(s)</source>
        <translation>
            <numerusform>%1，其中逾期 %2，逾期 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%2 前还 %1</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>应还总额</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>减免</translation>
    </message>
    <message>
        <source>interest %1, fees %2</source>
        <translation>利息 %1，费用 %2</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>收支</translation>
    </message>
    <message numerus="yes">
        <source>income %1, expenses %2, left %3 a month, %n dependant(s)</source>
        <translation>
            <numerusform>月收入 %1，月支出 %2，每月结余 %3，供养 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>agreed to this schedule: it comes into force with your approval</source>
        <translation>已同意该还款计划，批准后即生效</translation>
    </message>
    <message>
        <source>has not agreed yet</source>
        <translation>尚未同意</translation>
    </message>
    <message>
        <source>Earlier promises</source>
        <translation>以往承诺</translation>
    </message>
    <message>
        <source>%1 kept, %2 broken</source>
        <translation>履行 %1 次，违约 %2 次</translation>
    </message>
    <message>
        <source>Broken plans</source>
        <translation>违约方案</translation>
    </message>
    <message>
        <source>%1 reversed</source>
        <translation>%1（已冲正）</translation>
    </message>
    <message>
        <source>Last payments</source>
        <translation>最近还款</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>暂停事项</translation>
    </message>
    <message>
        <source>Say why: the agent has to explain it to the debtor.</source>
        <translation>请说明理由：坐席需要向债务人解释。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::LetterDialog</name>
    <message>
        <source>Message or letter</source>
        <translation>短信或函件</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>发送方式</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收件</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制正文</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Record as sent</source>
        <translation>登记为已发送</translation>
    </message>
    <message>
        <source>The debtor has no address for this channel.</source>
        <translation>债务人没有可用于该方式的联系方式。</translation>
    </message>
    <message>
        <source>Not known, so this cannot go out: %1</source>
        <translation>缺少以下信息，不能发出：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>The PDF is saved. Record the letter when it has gone out.</source>
        <translation>PDF 已保存。寄出后请登记为已发送。</translation>
    </message>
    <message>
        <source>The PDF could not be saved.</source>
        <translation>PDF 未能保存。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PlanCard</name>
    <message>
        <source>Schedule…</source>
        <translation>还款计划…</translation>
    </message>
    <message>
        <source>Agreement…</source>
        <translation>协议…</translation>
    </message>
    <message>
        <source>The debtor agreed</source>
        <translation>债务人已同意</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Next: %1 by %2</source>
        <translation>下期：%2 前还 %1</translation>
    </message>
    <message>
        <source>Paid %1 of %2</source>
        <translation>已还 %1，共 %2</translation>
    </message>
    <message>
        <source>Asked for by %1; %2 has to approve</source>
        <translation>申请人：%1；须由%2审批</translation>
    </message>
    <message>
        <source>Decided by %1</source>
        <translation>审批人：%1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PlanDialog</name>
    <message>
        <source>Repayment plan</source>
        <translation>还款方案</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ask for approval  (Ctrl+Enter)</source>
        <translation>提交审批  (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Record the plan  (Ctrl+Enter)</source>
        <translation>登记方案  (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PlanForm</name>
    <message>
        <source>Kind</source>
        <translation>方案类型</translation>
    </message>
    <message>
        <source>Instalments</source>
        <translation>期数</translation>
    </message>
    <message>
        <source>First payment</source>
        <translation>首期还款日</translation>
    </message>
    <message>
        <source>Interest waived</source>
        <translation>减免利息</translation>
    </message>
    <message>
        <source>Fees waived</source>
        <translation>减免费用</translation>
    </message>
    <message>
        <source>Income a month</source>
        <translation>月收入</translation>
    </message>
    <message>
        <source>Expenses a month</source>
        <translation>月支出</translation>
    </message>
    <message>
        <source>Dependants</source>
        <translation>供养人数</translation>
    </message>
    <message>
        <source>1130, 30, +3</source>
        <translation>1130、30、+3</translation>
    </message>
    <message>
        <source>The debtor agreed to this schedule</source>
        <translation>债务人已同意该还款计划</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Reason for the plan</source>
        <translation>申请方案的理由</translation>
    </message>
    <message>
        <source>What happened, and why this schedule can be kept.</source>
        <translation>困难原因，以及为何能够按此计划还款。</translation>
    </message>
    <message>
        <source>Instalments differ by at most one smallest unit, the larger ones first. A waived amount is rounded down, account by account.</source>
        <translation>各期金额相差不超过一分，较大的在前；减免金额按账户逐一向下取整到分。</translation>
    </message>
    <message>
        <source>Enter the day of the first payment.</source>
        <translation>请输入首期还款日。</translation>
    </message>
    <message>
        <source>There is no such day. Write it like 1130 or +3.</source>
        <translation>没有这一天。请写成 1130 或 +3。</translation>
    </message>
    <message>
        <source>The case has no account to make a plan for.</source>
        <translation>该案件没有可用于制定方案的账户。</translation>
    </message>
    <message>
        <source>These terms leave nothing to pay, or less than one smallest unit for each instalment.</source>
        <translation>按此条件没有应还金额，或每期不足一分。</translation>
    </message>
    <message>
        <source>Total %1</source>
        <translation>应还总额 %1</translation>
    </message>
    <message>
        <source>Total %1, %2 waived</source>
        <translation>应还总额 %1，减免 %2</translation>
    </message>
    <message>
        <source>%1 is a public holiday: banks may book later.</source>
        <translation>%1 为法定节假日，银行可能延后入账。</translation>
    </message>
    <message>
        <source>Nobody may agree to this.</source>
        <translation>任何人都无权同意该方案。</translation>
    </message>
    <message>
        <source>Needs the approval of %1.</source>
        <translation>须由%1审批。</translation>
    </message>
    <message>
        <source>You may agree to this.</source>
        <translation>您可以自行同意。</translation>
    </message>
    <message>
        <source>%1 is left each month: this can be kept.</source>
        <translation>每月结余 %1，可以按期偿还。</translation>
    </message>
    <message>
        <source>%1 is left each month: this is more than that.</source>
        <translation>每月结余 %1，本方案超出其还款能力。</translation>
    </message>
    <message numerus="yes">
        <source>Use %n instalments</source>
        <translation>
            <numerusform>改为 %n 期</numerusform>
        </translation>
    </message>
    <message>
        <source>Say why: whoever approves has to know.</source>
        <translation>请说明理由：审批人需要了解。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PlanWords</name>
    <message>
        <source>Instalments</source>
        <translation>分期</translation>
    </message>
    <message>
        <source>Lump sum</source>
        <translation>一次性结清</translation>
    </message>
    <message>
        <source>Deferral</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>waits for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>approved, the debtor has to agree</source>
        <translation>已批准，待债务人同意</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>履行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已履行完毕</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>已违约</translation>
    </message>
    <message>
        <source>not approved</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已终止</translation>
    </message>
    <message>
        <source>yourself</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>a supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>the legal department</source>
        <translation>法务部门</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>已驳回</translation>
    </message>
    <message>
        <source>Request withdrawn</source>
        <translation>申请已撤回</translation>
    </message>
    <message>
        <source>The debtor agreed</source>
        <translation>债务人已同意</translation>
    </message>
    <message>
        <source>Agreement ended</source>
        <translation>协议已终止</translation>
    </message>
    <message numerus="yes">
        <source>%n instalments</source>
        <translation>
            <numerusform>分 %n 期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>deferred by %n months</source>
        <translation>
            <numerusform>延期 %n 个月</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 % of the interest waived</source>
        <translation>减免利息 %1 %</translation>
    </message>
    <message>
        <source>%1 % of the fees waived</source>
        <translation>减免费用 %1 %</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>below the least amount</source>
        <translation>低于最低金额</translation>
    </message>
    <message>
        <source>later than an agent may agree to</source>
        <translation>日期超出坐席权限</translation>
    </message>
    <message>
        <source>too many promises are open</source>
        <translation>未到期承诺过多</translation>
    </message>
    <message>
        <source>more than the balance</source>
        <translation>超过欠款余额</translation>
    </message>
    <message>
        <source>the day had passed</source>
        <translation>日期已过</translation>
    </message>
    <message>
        <source>no amount</source>
        <translation>没有金额</translation>
    </message>
    <message>
        <source>another currency than the debt</source>
        <translation>币种与欠款不同</translation>
    </message>
    <message>
        <source>more instalments than an agent may agree to</source>
        <translation>期数超出坐席权限</translation>
    </message>
    <message>
        <source>a longer deferral than an agent may agree to</source>
        <translation>延期超出坐席权限</translation>
    </message>
    <message>
        <source>waives interest</source>
        <translation>减免利息</translation>
    </message>
    <message>
        <source>waives fees</source>
        <translation>减免费用</translation>
    </message>
    <message>
        <source>an instalment is below the least amount</source>
        <translation>单期金额低于最低金额</translation>
    </message>
    <message>
        <source>the first day is out of range</source>
        <translation>首期还款日超出范围</translation>
    </message>
    <message>
        <source>beyond what anybody may agree to</source>
        <translation>超出所有权限</translation>
    </message>
    <message>
        <source>no schedule can be made of these terms</source>
        <translation>按此条件无法生成还款计划</translation>
    </message>
    <message>
        <source>the total is not the one the debtor was shown</source>
        <translation>总额与向债务人展示的不一致</translation>
    </message>
    <message>
        <source>nobody decides their own request</source>
        <translation>不得审批本人的申请</translation>
    </message>
    <message>
        <source>above the level of whoever decided</source>
        <translation>超出审批人的权限</translation>
    </message>
    <message>
        <source>it was decided before</source>
        <translation>此前已有决定</translation>
    </message>
    <message>
        <source>there is no such request</source>
        <translation>没有该申请</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PromiseJudge</name>
    <message>
        <source>Needs the approval of %1: %2.</source>
        <translation>须由%1审批：%2。</translation>
    </message>
    <message>
        <source>A public holiday: banks may book later.</source>
        <translation>法定节假日，银行可能延后入账。</translation>
    </message>
    <message>
        <source>Takes the place of %1 by %2.</source>
        <translation>将取代原承诺：%2 前还 %1。</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::RequestModel</name>
    <message>
        <source>Waits since</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>债务人</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>By</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>审批级别</translation>
    </message>
    <message>
        <source>Promise by %1</source>
        <translation>承诺 %1 前还款</translation>
    </message>
    <message>
        <source>you</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>欠款 %1</translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ScheduleTable</name>
    <message>
        <source>No.</source>
        <translation>期次</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>还款日</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Principal</source>
        <translation>本金</translation>
    </message>
    <message>
        <source>Interest</source>
        <translation>利息</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已还</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>还款计划</translation>
    </message>
    <message>
        <source>%1, missed</source>
        <translation>%1，逾期未还</translation>
    </message>
</context>
</TS>
