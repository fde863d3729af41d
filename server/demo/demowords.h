// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

/// Words of which the demo's people, places and notes are made. All invented: names are common syllables put together at random,
/// streets are called "example" and "demonstration".
namespace evenhand::server::demo {

struct Place {
    std::string_view province;
    std::string_view city;
    std::string_view district;
    std::string_view areaCode;
};

inline constexpr std::array<std::string_view, 40> kSurnames{
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗",
    "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "欧阳", "上官"};

inline constexpr std::array<std::string_view, 32> kFemaleNames{
    "娜", "静", "敏", "丽", "秀英", "婷婷", "雪梅", "晓燕", "玉兰", "佳怡", "雨桐", "欣悦", "思琪", "海燕", "春花", "慧敏",
    "文静", "若曦", "美玲", "雅婷", "桂芳", "梦洁", "诗涵", "立华", "小红", "翠萍", "凤英", "晨曦", "嘉宁", "淑珍", "爱民", "彩霞"};

inline constexpr std::array<std::string_view, 32> kMaleNames{
    "伟", "强", "磊", "军", "建国", "志强", "浩然", "子轩", "俊杰", "海涛", "文博", "国庆", "宇航", "明辉", "永康", "天佑",
    "家豪", "晓东", "立新", "大勇", "春生", "学文", "振华", "少华", "德海", "思远", "一鸣", "新民", "金龙", "长江", "卫东", "嘉伟"};

inline constexpr std::array<Place, 16> kPlaces{{{"浙江省", "杭州市", "西湖区", "0571"}, {"广东省", "广州市", "天河区", "020"},
    {"江苏省", "南京市", "鼓楼区", "025"}, {"四川省", "成都市", "武侯区", "028"}, {"湖北省", "武汉市", "洪山区", "027"},
    {"湖南省", "长沙市", "岳麓区", "0731"}, {"山东省", "济南市", "历下区", "0531"}, {"河南省", "郑州市", "金水区", "0371"},
    {"福建省", "厦门市", "思明区", "0592"}, {"陕西省", "西安市", "雁塔区", "029"}, {"重庆市", "重庆市", "渝北区", "023"},
    {"上海市", "上海市", "浦东新区", "021"}, {"北京市", "北京市", "朝阳区", "010"}, {"辽宁省", "沈阳市", "和平区", "024"},
    {"安徽省", "合肥市", "蜀山区", "0551"}, {"云南省", "昆明市", "五华区", "0871"}}};

inline constexpr std::array<std::string_view, 8> kStreets{"样例路", "示范街", "演示大道", "范例巷", "样本中路", "虚构北街", "假想路", "试用南路"};

inline constexpr std::array<std::string_view, 10> kEmployers{"样例机械有限公司", "示范物流有限公司", "演示餐饮管理有限公司", "范例小学", "样本商贸行",
    "虚构电子厂", "假想建筑工程队", "个体经营", "自由职业", "试用科技有限公司"};

inline constexpr std::array<std::string_view, 8> kHotNotes{"只在下午三点以后联系，本人上夜班", "听力不好，请放慢语速", "说粤语更方便", "单位电话请勿拨打，本人已明确要求",
    "近期家中有人住院，语气请缓和", "已委托其女儿沟通，授权书在附件", "曾投诉来电频繁，联系前请先看记录", "请先核对账单金额，客户对利息有疑问"};

inline constexpr std::array<std::string_view, 8> kSpokeNotes{"本人接听，核实身份后告知逾期金额，称月底发工资后处理。", "客户表示在外地出差，回来后再核对账单。",
    "客户询问减免政策，已说明需提交申请，未作承诺。", "已说明还款渠道，客户表示知晓。", "客户称刚换工作，收入未稳定，愿意保持联系。",
    "客户要求发送账单明细，已登记。", "客户确认收到短信提醒，金额无异议。", "客户表示会与家人商量后答复。"};

inline constexpr std::array<std::string_view, 5> kPromiseNotes{"客户承诺通过手机银行还款，已复述金额和日期。", "核实身份后客户主动提出还款日期，已确认。",
    "客户先还一部分，余额下月处理，已说明后果。", "客户承诺发薪日转账，请当日跟进。", "已告知还款账户，客户复述无误。"};

inline constexpr std::array<std::string_view, 3> kPlanNotes{"客户收入减少，申请分期偿还，已说明审批流程，未承诺结果。", "客户愿意还款，一次还清有困难，已按收支情况测算分期方案并复述。",
    "已核实身份，客户提供收支情况，同意所示还款计划。"};

inline constexpr std::array<std::string_view, 4> kCallbackNotes{"客户正在开会，请稍后再联系。", "客户在开车，约定时间再打。", "客户要求由本人在约定时间回电。", "客户要先核对账单，约好时间再谈。"};

inline constexpr std::array<std::string_view, 3> kMethods{"app", "bank_transfer", "counter"};
inline constexpr std::array<std::string_view, 5> kRelations{"朋友", "同事", "邻居", "表兄", "同学"};
inline constexpr std::array<std::string_view, 3> kCardProducts{"标准信用卡", "金卡信用卡", "账单分期"};
inline constexpr std::array<std::string_view, 3> kLoanProducts{"现金分期", "消费贷款", "家电分期"};

} // namespace evenhand::server::demo
