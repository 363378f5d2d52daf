"""Who was there, of those whom a source places in the room; whoever sent a message was not."""

from dataclasses import dataclass

from sistercities.pages.demo.making import Both


@dataclass(frozen=True)
class Present:
    person: str
    capacity: Both


PRESENT_1981 = [
    Present("liang-lingguang", ("Mayor of Guangzhou", "广州市市长")),
    Present("tom-bradley", ("Mayor of Los Angeles", "洛杉矶市长")),
]
PRESENT_2014 = [
    Present("chen-jianhua", ("Mayor of Guangzhou", "广州市市长")),
    Present("eric-garcetti", ("Mayor of Los Angeles", "洛杉矶市长")),
    Present("len-brown", ("Mayor of Auckland", "奥克兰市长")),
]
PRESENT_2019 = [
    Present("phil-goff", ("Mayor of Auckland", "奥克兰市长")),
    Present(
        "zhang-shuofu",
        ("Secretary of the CPC Guangzhou Municipal Committee", "中共广州市委书记"),
    ),
]
PRESENT_2021 = [
    Present("zhang-ping", ("Consul General of China in Los Angeles", "中国驻洛杉矶总领事")),
]
PRESENT_2022 = [Present("phil-goff", ("Mayor of Auckland", "奥克兰市长"))]
